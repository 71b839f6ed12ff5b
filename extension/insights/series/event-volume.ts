import { isBucket, MOST_ROWS, RANKS, within, type Series } from '../series.ts';

/** Which event types the event log files hold most of. */
export const eventVolume: Series = {
  id: 'event-volume-by-type',
  measures: ['events'],
  kind: 'rank',
  sql: (_range, since) => `
SELECT event_type AS bucket, count(*) AS events
FROM event_log
WHERE ${within(since)}
GROUP BY bucket
ORDER BY events DESC, bucket
LIMIT ${RANKS}
`,
  rows: (bucket, _range, since) => `
SELECT event_time AS time, event_type, coalesce(event_log.user_name, user_names.user_name, user_id) AS user_name, client_ip,
  request_status AS status, run_time, uri
FROM event_log LEFT JOIN user_names USING (user_id)
WHERE ${within(since)}
  AND ${isBucket('event_type', bucket)}
ORDER BY event_time DESC
LIMIT ${MOST_ROWS}
`,
};
