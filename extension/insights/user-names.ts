import { id18 } from '../lake/views-known.ts';
import type { ViewDefinition } from '../lake/worker.ts';

/**
 * User name, full name and profile of each user: from the newest inventory, and where that has none the latest name that
 * events give. LoginHistory and most event types carry ids only.
 */
export const userNames: ViewDefinition = {
  name: 'user_names',
  sql: `SELECT user_id, coalesce(users.user_name, told.user_name) AS user_name, full_name, profile
  FROM users FULL JOIN (
    SELECT user_id, arg_max(user_name, event_time) AS user_name FROM (
      SELECT CreatedById AS user_id, CreatedBy_Username AS user_name, event_time FROM setup_audit_trail
      UNION ALL
      SELECT coalesce(USER_ID_DERIVED, ${id18('USER_ID')}), USER_NAME, event_time FROM event_log_login
      UNION ALL
      SELECT ${id18('USER_ID')}, USER_NAME, event_time FROM event_log_api_total_usage)
    WHERE user_id IS NOT NULL AND user_name IS NOT NULL GROUP BY user_id) AS told USING (user_id)`,
};
