import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const massExport: ShippedQuery = {
  id: 'mass-export',
  get title() {
    return t('Mass export');
  },
  get why() {
    return t(
      'Records that a user took out in one day through report exports, API and bulk queries, against what that user usually takes. Ten times the own median and at least 10,000 records is somebody preparing to leave, a stolen token, or a new integration.',
    );
  },
  sql: `
WITH days AS (
  SELECT user_id, event_date, sum(records) AS records, count(*) AS actions,
    list(DISTINCT action) AS ways, list(DISTINCT client_ip) AS client_ips
  FROM activities
  WHERE records > 0 AND (action IN ('report-export', 'api-call', 'analytics-download') OR action LIKE 'bulk-%query%')
  GROUP BY ALL
),
usual AS (SELECT user_id, median(records) AS median_records, count(*) AS days FROM days GROUP BY user_id)
SELECT coalesce(user_name, days.user_id) AS who, profile, event_date, records::BIGINT AS records,
  median_records::BIGINT AS usual_records, actions, ways, client_ips
FROM days JOIN usual ON usual.user_id = days.user_id LEFT JOIN user_names ON user_names.user_id = days.user_id
WHERE records >= 10000 AND (records >= 10 * median_records OR days = 1)
ORDER BY records DESC
`,
};
