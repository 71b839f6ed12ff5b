import { id18 } from '../lake/views-known.ts';
import type { ViewDefinition } from '../lake/worker.ts';

/** The latest name that events give a user: LoginHistory and most event types carry ids only. */
export const userNames: ViewDefinition = {
  name: 'user_names',
  sql: `SELECT user_id, arg_max(user_name, event_time) AS user_name FROM (
    SELECT CreatedById AS user_id, CreatedBy_Username AS user_name, event_time FROM setup_audit_trail
    UNION ALL
    SELECT coalesce(USER_ID_DERIVED, ${id18('USER_ID')}), USER_NAME, event_time FROM event_log_login
    UNION ALL
    SELECT ${id18('USER_ID')}, USER_NAME, event_time FROM event_log_api_total_usage)
    WHERE user_id IS NOT NULL AND user_name IS NOT NULL GROUP BY user_id`,
};
