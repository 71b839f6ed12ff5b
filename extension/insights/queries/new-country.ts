import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const newCountry: ShippedQuery = {
  id: 'new-country',
  get title() {
    return t('First sign-in from a country');
  },
  get why() {
    return t(
      'A user who signs in from a country for the first time after a month of history is on a journey, or is not the user. Users without a month of history are left out: everything is new to them.',
    );
  },
  sql: `
WITH countries AS (
  SELECT user_id, country, min(event_time) AS first_seen, count(*) AS sign_ins, any_value(client_ip) AS client_ip
  FROM sign_ins
  WHERE outcome = 'success' AND country IS NOT NULL
  GROUP BY ALL
),
known AS (SELECT user_id, min(first_seen) AS since, list(DISTINCT country) AS countries FROM countries GROUP BY user_id)
SELECT coalesce(user_name, user_id) AS who, profile, country, first_seen, sign_ins, client_ip, countries AS all_countries
FROM countries JOIN known USING (user_id) LEFT JOIN user_names USING (user_id)
WHERE first_seen > since + INTERVAL 30 DAY
ORDER BY first_seen DESC
`,
};
