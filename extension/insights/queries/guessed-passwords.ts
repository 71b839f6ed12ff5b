import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const guessedPasswords: ShippedQuery = {
  id: 'guessed-passwords',
  get title() {
    return t('Sign-ins after a row of failures');
  },
  get why() {
    return t(
      'Five or more wrong passwords for one user within an hour, and then a success from the same address or from one that the user never signed in from before: the person remembered, or somebody guessed. What happens at other addresses meanwhile hides neither. A success from another address than the failures deserves a call.',
    );
  },
  sql: `
WITH successes AS (
  SELECT *, lag(event_time) OVER (PARTITION BY user_id, client_ip ORDER BY event_time, event_key) AS before_from_here
  FROM sign_ins WHERE outcome = 'success'
),
wrong AS (SELECT user_id, client_ip, event_time FROM sign_ins WHERE failure = 'wrong password'),
guessed AS (
  SELECT successes.event_key, count(*) AS failures, list(DISTINCT wrong.client_ip) AS failed_from
  FROM successes JOIN wrong ON wrong.user_id = successes.user_id
    AND wrong.event_time BETWEEN successes.event_time - INTERVAL 1 HOUR AND successes.event_time
    AND (before_from_here IS NULL
      OR (wrong.client_ip = successes.client_ip AND wrong.event_time > before_from_here))
  GROUP BY successes.event_key
  HAVING failures >= 5
)
SELECT
  coalesce(user_name, user_id) AS who,
  profile,
  event_time AS signed_in_at,
  failures,
  client_ip,
  country,
  NOT list_contains(failed_from, client_ip) AS from_another_address,
  failed_from
FROM guessed JOIN successes USING (event_key)
LEFT JOIN user_names USING (user_id)
ORDER BY signed_in_at DESC
`,
};
