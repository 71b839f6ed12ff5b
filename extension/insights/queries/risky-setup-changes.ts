import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const riskySetupChanges: ShippedQuery = {
  id: 'risky-setup-changes',
  get title() {
    return t('Setup changes that weaken the org');
  },
  get why() {
    return t(
      'Changes by which people get more rights or the org loses protection: permissions given, profiles changed, login ranges, session and password policies, single sign-on, connected apps, sharing. Read by Action codes, since Display is localized. Severity “unknown” is an action that Orgwatch does not know: it may be harmless or not until somebody has looked.',
    );
  },
  sql: `
SELECT event_time, severity, coalesce(user_name, user_id, 'Salesforce') AS who, profile, delegate AS on_behalf, class, what, action, detail
FROM setup_changes
WHERE severity IN ('high', 'unknown')
ORDER BY event_time DESC
`,
};
