import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const dormantAccounts: ShippedQuery = {
  id: 'dormant-accounts',
  get title() {
    return t('Accounts that wake up');
  },
  get why() {
    return t(
      'An account that signs in after more than 30 days of silence: a leaver whose access stayed, a forgotten integration, or a holiday. Failures before it make it worse.',
    );
  },
  sql: `
SELECT coalesce(user_name, user_id) AS who, profile, before AS last_sign_in_before, event_time AS signed_in_at,
  date_diff('day', before, event_time) AS days_silent, client_ip, country, application
FROM (
  SELECT *, lag(event_time) OVER (PARTITION BY user_id ORDER BY event_time) AS before
  FROM sign_ins WHERE outcome = 'success'
)
LEFT JOIN user_names USING (user_id)
WHERE event_time - before > INTERVAL 30 DAY
ORDER BY signed_in_at DESC
`,
};
