import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const eventsByDay: ShippedQuery = {
  id: 'events-by-day',
  get title() {
    return t('Events by day and source');
  },
  get why() {
    return t(
      'What the lake holds. A source that goes quiet is an outage, a lost permission, or somebody who does not want to be seen.',
    );
  },
  sql: `
SELECT event_date, count(*) FILTER (source = 'login_history') AS sign_ins, count(*) FILTER (source = 'setup_audit_trail') AS setup_changes,
  count(*) FILTER (source = 'event_log') AS events
FROM (
  SELECT event_date, 'login_history' AS source FROM login_history
  UNION ALL SELECT event_date, 'setup_audit_trail' FROM setup_audit_trail
  UNION ALL SELECT event_date, 'event_log' FROM event_log
)
GROUP BY event_date ORDER BY event_date DESC
`,
};
