import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const signedInAs: ShippedQuery = {
  id: 'signed-in-as',
  get title() {
    return t('Administrators who signed in as somebody else');
  },
  get why() {
    return t(
      'Login-As leaves traces in the name of the other user. Setup Audit Trail has the sign-in (suOrgAdminLogin); changes with a DelegateUser were made in somebody else’s name.',
    );
  },
  sql: `
SELECT event_time, coalesce(user_name, user_id) AS who, profile, delegate, what, action, detail
FROM setup_changes
WHERE action IN ('suOrgAdminLogin', 'suNetworkAdminLogin', 'suPRMAdminLogin', 'suloginaccessused') OR delegate IS NOT NULL
ORDER BY event_time DESC
`,
};
