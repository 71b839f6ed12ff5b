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
SELECT coalesce(user_name, UserId) AS who, profile, before AS last_sign_in_before, LoginTime AS signed_in_at,
  date_diff('day', before, LoginTime) AS days_silent, SourceIp AS client_ip, CountryIso AS country, Application AS application
FROM (
  SELECT *, lag(LoginTime) OVER (PARTITION BY UserId ORDER BY LoginTime) AS before
  FROM login_history WHERE Status = 'Success'
)
LEFT JOIN user_names ON user_id = UserId
WHERE LoginTime - before > INTERVAL 30 DAY
ORDER BY signed_in_at DESC
`,
};
