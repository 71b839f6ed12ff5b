import { literal } from '../../lake/sql.ts';
import { isBucket, MOST_ROWS, RANKS, within, type Series } from '../series.ts';

/** Who does most, whatever it is: sign-ins, Setup changes and all event types. */
export const topUsers: Series = {
  id: 'top-users',
  measures: ['events'],
  kind: 'rank',
  sql: (_range, since) => `
WITH counted AS (
  SELECT user_id, sum(events)::BIGINT AS events
  FROM (
    SELECT user_id, count(*) AS events FROM event_log WHERE ${within(since)} GROUP BY user_id
    UNION ALL SELECT UserId, count(*) FROM login_history WHERE ${within(since)} GROUP BY UserId
    UNION ALL SELECT CreatedById, count(*) FROM setup_audit_trail WHERE ${within(since)} GROUP BY CreatedById
  )
  WHERE user_id IS NOT NULL
  GROUP BY user_id
  ORDER BY events DESC, user_id
  LIMIT ${RANKS}
)
SELECT coalesce(user_name, user_id) AS bucket, events
FROM counted LEFT JOIN user_names USING (user_id)
ORDER BY events DESC, bucket
`,
  rows: (bucket, _range, since) => `
WITH who AS (
  SELECT user_id FROM user_names WHERE ${isBucket('coalesce(user_name, user_id)', bucket)}
  UNION SELECT ${literal(bucket ?? '')}
)
SELECT time, source, what, client_ip, detail
FROM (
  SELECT event_time AS time, 'event_log' AS source, event_type AS what, client_ip, uri AS detail
  FROM event_log WHERE ${within(since)} AND user_id IN (FROM who)
  UNION ALL
  SELECT LoginTime, 'login_history', 'sign-in: ' || Status, SourceIp, Application
  FROM login_history WHERE ${within(since)} AND UserId IN (FROM who)
  UNION ALL
  SELECT event_time, 'setup_audit_trail', Action, NULL, Display
  FROM setup_audit_trail WHERE ${within(since)} AND CreatedById IN (FROM who)
)
ORDER BY time DESC
LIMIT ${MOST_ROWS}
`,
};
