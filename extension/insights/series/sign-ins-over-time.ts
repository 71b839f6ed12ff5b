import { literal } from '../../lake/sql.ts';
import { utcSecond } from '../../shared/utc.ts';
import type { Range } from '../../shared/dashboard-messages.ts';
import { isBucket, within, type Series, type Since } from '../series.ts';

/** Sign-ins by hour for a day, by day for more: how many worked, how many did not, and of how many that is not known. */
export const signInsOverTime: Series = {
  id: 'sign-ins-over-time',
  measures: ['success', 'failure', 'unknown'],
  kind: 'time',
  sql: (range, since) => `
WITH counted AS (
  SELECT date_trunc(${literal(unit(range))}, event_time) AS moment,
    count(*) FILTER (outcome = 'success') AS success,
    count(*) FILTER (outcome = 'failure') AS failure,
    count(*) FILTER (outcome = 'unknown') AS unknown
  FROM sign_ins
  WHERE ${within(since)}
  GROUP BY moment
),
-- Moments without a sign-in are shown as such.
moments AS (
  SELECT unnest(generate_series(${bounds(range, since)}, INTERVAL 1 ${unit(range)})) AS moment FROM counted
)
SELECT strftime(moment, ${literal(format(range))}) AS bucket, coalesce(success, 0) AS success, coalesce(failure, 0) AS failure,
  coalesce(unknown, 0) AS unknown
FROM moments LEFT JOIN counted USING (moment)
ORDER BY moment
`,
  rows: (bucket, range, since) => `
SELECT event_time AS time, outcome, status, coalesce(user_name, user_id) AS user_name, profile, client_ip, country, application,
  login_type AS type, browser, platform
FROM sign_ins LEFT JOIN user_names USING (user_id)
WHERE ${within(since)}
  AND ${isBucket(`strftime(event_time, ${literal(format(range))})`, bucket)}
ORDER BY event_time DESC
`,
};

/** First and last moment: those of the range, or of what there is. */
function bounds(range: Range, since: Since): string {
  if (since === undefined) return 'min(moment), max(moment)';
  const first = `TIMESTAMP ${literal(utcSecond(since))}`;
  const more = range === '1' ? 23 : Number(range) - 1;
  return `any_value(${first}), any_value(${first} + INTERVAL ${more} ${unit(range)})`;
}

function unit(range: Range): string {
  return range === '1' ? 'hour' : 'day';
}

function format(range: Range): string {
  return range === '1' ? '%Y-%m-%d %H:00' : '%Y-%m-%d';
}
