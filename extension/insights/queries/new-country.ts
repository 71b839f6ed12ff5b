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
  SELECT UserId, CountryIso, min(LoginTime) AS first_seen, count(*) AS sign_ins, any_value(SourceIp) AS client_ip
  FROM login_history
  WHERE Status = 'Success' AND CountryIso IS NOT NULL
  GROUP BY ALL
),
known AS (SELECT UserId, min(first_seen) AS since, list(DISTINCT CountryIso) AS countries FROM countries GROUP BY UserId)
SELECT coalesce(user_name, UserId) AS who, profile, CountryIso AS country, first_seen, sign_ins, client_ip, countries AS all_countries
FROM countries JOIN known USING (UserId) LEFT JOIN user_names ON user_id = UserId
WHERE first_seen > since + INTERVAL 30 DAY
ORDER BY first_seen DESC
`,
};
