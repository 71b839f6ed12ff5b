import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const impossibleTravel: ShippedQuery = {
  id: 'impossible-travel',
  get title() {
    return t('Impossible travel');
  },
  get why() {
    return t(
      'Two sign-ins of one user so far apart that no plane makes it (over 900 km/h and 500 km): a stolen password or session, or a VPN. Addresses that many users share are most often a VPN. Needs the location of sign-ins (Manage Users).',
    );
  },
  sql: `
WITH sign_ins AS (
  SELECT UserId, LoginTime, SourceIp, CountryIso, LoginGeo_City AS city,
    radians(LoginGeo_Latitude) AS latitude, radians(LoginGeo_Longitude) AS longitude
  FROM login_history
  WHERE Status = 'Success' AND LoginGeo_Latitude IS NOT NULL
),
moves AS (
  SELECT *,
    lag(LoginTime) OVER one_user AS before, lag(city) OVER one_user AS city_before,
    lag(CountryIso) OVER one_user AS country_before, lag(SourceIp) OVER one_user AS ip_before,
    lag(latitude) OVER one_user AS latitude_before, lag(longitude) OVER one_user AS longitude_before
  FROM sign_ins
  WINDOW one_user AS (PARTITION BY UserId ORDER BY LoginTime)
),
distances AS (
  SELECT *,
    2 * 6371 * asin(sqrt(least(1, sin((latitude - latitude_before) / 2) ** 2
      + cos(latitude) * cos(latitude_before) * sin((longitude - longitude_before) / 2) ** 2))) AS km,
    date_diff('second', before, LoginTime) / 3600.0 AS hours
  FROM moves
)
SELECT coalesce(user_name, UserId) AS who, profile, before AS first_sign_in, LoginTime AS second_sign_in,
  concat_ws(', ', city_before, country_before) AS first_place, concat_ws(', ', city, CountryIso) AS second_place,
  ip_before AS first_ip, SourceIp AS second_ip, round(km) AS km, round(hours, 1) AS hours
FROM distances LEFT JOIN user_names ON user_id = UserId
WHERE km > 500 AND km > 900 * hours
ORDER BY second_sign_in DESC
`,
};
