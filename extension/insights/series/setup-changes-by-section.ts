import { isBucket, RANKS, within, type Series } from '../series.ts';

/** Which parts of Setup were changed. */
export const setupChangesBySection: Series = {
  id: 'setup-changes-by-section',
  measures: ['changes'],
  kind: 'rank',
  sql: (_range, since) => `
SELECT nullif(Section, '') AS bucket, count(*) AS changes
FROM setup_audit_trail
WHERE ${within(since)}
GROUP BY bucket
ORDER BY changes DESC, bucket
LIMIT ${RANKS}
`,
  rows: (bucket, _range, since) => `
SELECT event_time AS time, coalesce(user_name, user_id, 'Salesforce') AS who, profile, severity, what, action, detail,
  delegate AS on_behalf
FROM setup_changes
WHERE ${within(since)}
  AND ${isBucket("nullif(section, '')", bucket)}
ORDER BY event_time DESC
`,
};
