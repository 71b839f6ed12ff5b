import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const failedSignInsBySource: ShippedQuery = {
  id: 'failed-sign-ins-by-source',
  get title() {
    return t('Failed sign-ins by source');
  },
  get why() {
    return t(
      'An address from which many sign-ins fail is a guesser, a forgotten integration, or an office whose password expired. Users tells them apart: one user is a mistake, many are an attack. succeeded_after says whether any sign-in from there worked later on. Where Salesforce tells the outcome in words that are not known, it is counted as unknown, and may be either.',
    );
  },
  sql: `
SELECT
  client_ip,
  any_value(country) AS country,
  count(*) FILTER (outcome = 'failure') AS failures,
  count(*) FILTER (failure = 'wrong password') AS wrong_passwords,
  count(*) FILTER (outcome = 'unknown') AS of_unknown_outcome,
  count(DISTINCT user_id) FILTER (outcome <> 'success') AS users,
  min(event_time) FILTER (outcome <> 'success') AS first_failure,
  max(event_time) FILTER (outcome <> 'success') AS last_failure,
  coalesce(max(event_time) FILTER (outcome = 'success') > min(event_time) FILTER (outcome <> 'success'), false) AS succeeded_after,
  mode(status) FILTER (outcome <> 'success') AS usual_reason
FROM sign_ins
GROUP BY client_ip
HAVING failures + of_unknown_outcome >= 5
ORDER BY users DESC, failures DESC
`,
};
