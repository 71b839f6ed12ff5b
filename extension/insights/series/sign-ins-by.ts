import { isBucket, RANKS, within, type Series } from '../series.ts';

/** Where sign-ins come from. */
export const signInsByCountry = signInsBy('sign-ins-by-country', 'CountryIso');

/** With which application people sign in. */
export const signInsByApplication = signInsBy('sign-ins-by-application', 'Application');

function signInsBy(id: string, column: string): Series {
  return {
    id,
    measures: ['success', 'failure'],
    kind: 'rank',
    sql: (_range, since) => `
SELECT ${column} AS bucket, count(*) FILTER (Status = 'Success') AS success,
  count(*) FILTER (Status IS DISTINCT FROM 'Success') AS failure
FROM login_history
WHERE ${within(since)}
GROUP BY bucket
ORDER BY count(*) DESC, bucket
LIMIT ${RANKS}
`,
    rows: (bucket, _range, since) => `
SELECT LoginTime AS time, Status AS status, coalesce(user_name, UserId) AS user_name, profile, SourceIp AS client_ip,
  CountryIso AS country, LoginGeo_City AS city, Application AS application, LoginType AS type
FROM login_history LEFT JOIN user_names ON user_id = UserId
WHERE ${within(since)}
  AND ${isBucket(column, bucket)}
ORDER BY LoginTime DESC
`,
  };
}
