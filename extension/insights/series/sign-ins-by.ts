import { isBucket, RANKS, within, type Series } from '../series.ts';

/** Where sign-ins come from. */
export const signInsByCountry = signInsBy('sign-ins-by-country', 'country');

/** With which application people sign in. */
export const signInsByApplication = signInsBy('sign-ins-by-application', 'application');

function signInsBy(id: string, column: string): Series {
  return {
    id,
    measures: ['success', 'failure', 'unknown'],
    kind: 'rank',
    sql: (_range, since) => `
SELECT ${column} AS bucket, count(*) FILTER (outcome = 'success') AS success,
  count(*) FILTER (outcome = 'failure') AS failure, count(*) FILTER (outcome = 'unknown') AS unknown
FROM sign_ins
WHERE ${within(since)}
GROUP BY bucket
ORDER BY count(*) DESC, bucket
LIMIT ${RANKS}
`,
    rows: (bucket, _range, since) => `
SELECT event_time AS time, outcome, status, coalesce(user_name, user_id) AS user_name, profile, client_ip, country, city,
  application, login_type AS type
FROM sign_ins LEFT JOIN user_names USING (user_id)
WHERE ${within(since)}
  AND ${isBucket(column, bucket)}
ORDER BY event_time DESC
`,
  };
}
