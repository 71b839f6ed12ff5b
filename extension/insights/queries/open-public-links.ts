import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const openPublicLinks: ShippedQuery = {
  id: 'open-public-links',
  get title() {
    return t('Public links without password or expiry');
  },
  get why() {
    return t(
      'Whoever has the address has the file, for ever. Most viewed first; a link that nobody has opened for long can go.',
    );
  },
  sql: `
SELECT name, coalesce(user_name, created_by_id) AS made_by, profile, created_at, has_password, expires_at, views, last_viewed_at,
  original_can_be_downloaded, url
FROM public_links LEFT JOIN user_names ON user_id = created_by_id
WHERE NOT has_password OR expires_at IS NULL
ORDER BY has_password, views DESC
`,
};
