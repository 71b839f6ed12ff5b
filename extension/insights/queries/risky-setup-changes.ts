import type { ShippedQuery } from '../query.ts';

export const riskySetupChanges: ShippedQuery = {
  id: 'risky-setup-changes',
  title: 'Setup changes that weaken the org',
  why: `Changes by which people get more rights or the org loses protection: permissions given, profiles changed, login ranges, session and password policies, connected apps, sharing. Read by Action codes, since Display is localized.`,
  sql: `
SELECT event_time, coalesce(CreatedBy_Username, CreatedById, 'Salesforce') AS who, DelegateUser AS on_behalf, Action AS action, Display AS detail
FROM setup_audit_trail
WHERE regexp_matches(Action, '^(PermSet(Group)?Assign|PermSetEnable|PermSetEntityPerm|changedprofileforuser|loginIpRange|networkaccess|session|passwordpolic|changedpasswordpolic|connectedapp|insertConnectedApp|updateConnectedApp|owd|sharing|suOrgAdminLogin|createdremotesite|samlconfig|deleteTwoFactorInfo)', 'i')
ORDER BY event_time DESC
`,
};
