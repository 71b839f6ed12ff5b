import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const permissionThenLink: ShippedQuery = {
  id: 'permission-then-link',
  get title() {
    return t('Permission change, then a public link');
  },
  get why() {
    return t(
      'Somebody gives a permission and within a day a file leaves by public link, made by the same person: how data is taken out with rights that were not there before. Read by Action codes, since Display is localized.',
    );
  },
  sql: `
SELECT coalesce(user_name, CreatedById) AS who, profile, setup.event_time AS permission_changed_at, Action AS change, Display AS change_detail,
  created_at AS link_made_at, name AS link, has_password, expires_at, views, url
FROM setup_audit_trail setup
JOIN public_links ON created_by_id = CreatedById
  AND created_at BETWEEN setup.event_time AND setup.event_time + INTERVAL 1 DAY
LEFT JOIN user_names ON user_id = CreatedById
WHERE Action LIKE 'PermSet%Assign' OR Action LIKE 'PermSetEnable%' OR Action LIKE 'PermSetEntityPerm%'
  OR Action LIKE 'changedprofileforuser%'
ORDER BY link_made_at DESC
`,
};
