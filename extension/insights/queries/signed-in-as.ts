import type { ShippedQuery } from '../query.ts';

export const signedInAs: ShippedQuery = {
  id: 'signed-in-as',
  title: 'Administrators who signed in as somebody else',
  why: `Login-As leaves traces in the name of the other user. Setup Audit Trail has the sign-in (suOrgAdminLogin); changes with a DelegateUser were made in somebody else’s name.`,
  sql: `
SELECT event_time, coalesce(CreatedBy_Username, CreatedById) AS who, DelegateUser AS delegate, Action AS action, Display AS detail
FROM setup_audit_trail
WHERE Action = 'suOrgAdminLogin' OR DelegateUser IS NOT NULL
ORDER BY event_time DESC
`,
};
