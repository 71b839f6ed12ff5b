import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const publicFiles: ShippedQuery = {
  id: 'public-files',
  get title() {
    return t('Files that are public');
  },
  get why() {
    return t(
      'Which files anybody with the address can have, since when, with or without password and expiry, who opened them, and with whom they are shared besides. Names of who opened a link come from event log files (Event Monitoring); people outside of the org have none.',
    );
  },
  sql: `
WITH openings AS (
  SELECT link_id, count(*) AS times, list(DISTINCT coalesce(user_name, user_id)) FILTER (user_id IS NOT NULL) AS people
  FROM public_link_openings LEFT JOIN user_names USING (user_id)
  GROUP BY ALL
),
shares AS (
  SELECT document_id, count(*) AS shares, list(DISTINCT coalesce(shared_with, shared_with_id)) AS shared_with
  FROM public_file_shares GROUP BY ALL
)
SELECT coalesce(file_title, name) AS file, file_type, file_size, coalesce(owner_user_name, owner_id) AS owner,
  coalesce(user_name, created_by_id) AS made_public_by, profile, created_at AS public_since, has_password, expires_at,
  views, first_viewed_at, last_viewed_at, times AS logged_openings, people AS opened_by, shared_with, url
FROM public_links
LEFT JOIN openings ON openings.link_id = public_links.link_id
LEFT JOIN shares ON shares.document_id = public_links.document_id
LEFT JOIN user_names ON user_id = created_by_id
ORDER BY has_password, expires_at IS NOT NULL, views DESC
`,
};
