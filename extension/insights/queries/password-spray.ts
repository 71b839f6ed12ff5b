import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const passwordSpray: ShippedQuery = {
  id: 'password-spray',
  get title() {
    return t('Password spray candidates');
  },
  get why() {
    return t(
      'A few passwords tried on many users stay below every lockout. Shown: an address with wrong passwords for at least 5 users within one hour, with few attempts on each, and the users whose sign-in from there worked within a day after.',
    );
  },
  sql: `
WITH hours AS (
  SELECT client_ip, date_trunc('hour', event_time) AS hour,
    count(*) AS attempts, count(DISTINCT user_id) AS users, min(event_time) AS started
  FROM sign_ins
  WHERE failure = 'wrong password' AND client_ip IS NOT NULL
  GROUP BY ALL
  HAVING users >= 5 AND attempts <= 5 * users
)
SELECT hours.client_ip, hour, users, attempts,
  coalesce(list(DISTINCT coalesce(user_name, ok.user_id)) FILTER (ok.user_id IS NOT NULL), []) AS got_in
FROM hours
LEFT JOIN sign_ins ok ON ok.client_ip = hours.client_ip AND ok.outcome = 'success'
  AND ok.event_time BETWEEN started AND started + INTERVAL 1 DAY
LEFT JOIN user_names ON user_names.user_id = ok.user_id
GROUP BY ALL
ORDER BY users DESC, hour DESC
`,
};
