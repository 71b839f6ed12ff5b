import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const impossibleTravel: ShippedQuery = {
  id: 'impossible-travel',
  get title() {
    return t('Impossible travel');
  },
  get why() {
    return t(
      'Two sign-ins of one user so far apart that no plane makes it (over 900 km/h and 500 km): a stolen password or session, or a VPN. Only people’s own sign-ins count: an application signs in from where it runs. Addresses that many users share are most often a VPN. Needs the location of sign-ins (Manage Users).',
    );
  },
  sql: `
WITH placed AS (
  SELECT user_id, event_time, client_ip, country, city, radians(latitude) AS latitude, radians(longitude) AS longitude
  FROM sign_ins
  WHERE outcome = 'success' AND is_interactive AND latitude IS NOT NULL
),
moves AS (
  SELECT *,
    lag(event_time) OVER one_user AS before, lag(city) OVER one_user AS city_before,
    lag(country) OVER one_user AS country_before, lag(client_ip) OVER one_user AS ip_before,
    lag(latitude) OVER one_user AS latitude_before, lag(longitude) OVER one_user AS longitude_before
  FROM placed
  WINDOW one_user AS (PARTITION BY user_id ORDER BY event_time)
),
distances AS (
  SELECT *,
    2 * 6371 * asin(sqrt(least(1, sin((latitude - latitude_before) / 2) ** 2
      + cos(latitude) * cos(latitude_before) * sin((longitude - longitude_before) / 2) ** 2))) AS km,
    date_diff('second', before, event_time) / 3600.0 AS hours
  FROM moves
)
SELECT coalesce(user_name, user_id) AS who, profile, before AS first_sign_in, event_time AS second_sign_in,
  concat_ws(', ', city_before, country_before) AS first_place, concat_ws(', ', city, country) AS second_place,
  ip_before AS first_ip, client_ip AS second_ip, round(km) AS km, round(hours, 1) AS hours
FROM distances LEFT JOIN user_names USING (user_id)
WHERE km > 500 AND km > 900 * hours
ORDER BY second_sign_in DESC
`,
};
