import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const failedSignInsBySource: ShippedQuery = {
  id: 'failed-sign-ins-by-source',
  get title() {
    return t('Failed sign-ins by source');
  },
  get why() {
    return t(
      'An address from which many sign-ins fail is a guesser, a forgotten integration, or an office whose password expired. Users tells them apart: one user is a mistake, many are an attack. succeeded_after says whether any sign-in from there worked later on.',
    );
  },
  sql: `
SELECT
  SourceIp AS client_ip,
  any_value(CountryIso) AS country,
  count(*) FILTER (Status <> 'Success') AS failures,
  count(DISTINCT UserId) FILTER (Status <> 'Success') AS users,
  min(LoginTime) FILTER (Status <> 'Success') AS first_failure,
  max(LoginTime) FILTER (Status <> 'Success') AS last_failure,
  coalesce(max(LoginTime) FILTER (Status = 'Success') > min(LoginTime) FILTER (Status <> 'Success'), false) AS succeeded_after,
  mode(Status) FILTER (Status <> 'Success') AS usual_reason
FROM login_history
GROUP BY SourceIp
HAVING failures >= 5
ORDER BY users DESC, failures DESC
`,
};
