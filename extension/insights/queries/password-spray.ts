import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const passwordSpray: ShippedQuery = {
  id: 'password-spray',
  get title() {
    return t('Password spray candidates');
  },
  get why() {
    return t(
      'A few passwords tried on many users stay below every lockout. Shown: an address that failed on at least 5 users within one hour, with few attempts on each, and the users whose sign-in from there worked within a day after.',
    );
  },
  sql: `
WITH hours AS (
  SELECT SourceIp, date_trunc('hour', LoginTime) AS hour,
    count(*) AS attempts, count(DISTINCT UserId) AS users, min(LoginTime) AS started
  FROM login_history
  WHERE Status <> 'Success' AND SourceIp IS NOT NULL
  GROUP BY ALL
  HAVING users >= 5 AND attempts <= 5 * users
)
SELECT hours.SourceIp AS client_ip, hour, users, attempts,
  coalesce(list(DISTINCT coalesce(user_name, UserId)) FILTER (UserId IS NOT NULL), []) AS got_in
FROM hours
LEFT JOIN login_history ok ON ok.SourceIp = hours.SourceIp AND ok.Status = 'Success'
  AND ok.LoginTime BETWEEN started AND started + INTERVAL 1 DAY
LEFT JOIN user_names ON user_id = ok.UserId
GROUP BY ALL
ORDER BY users DESC, hour DESC
`,
};
