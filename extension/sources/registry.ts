import { t } from '@vscode/l10n';
import { OrgwatchError } from '../shared/errors.ts';
import { connectedAppSnapshot } from './connected-app-snapshot.ts';
import { contentDistribution } from './content-distribution.ts';
import { contentDocumentLink } from './content-document-link.ts';
import { eventLog } from './event-log.ts';
import { loginHistory } from './login-history.ts';
import { oauthTokenSnapshot } from './oauth-token-snapshot.ts';
import { permissionSetAssignmentSnapshot } from './permission-set-assignment-snapshot.ts';
import { profileSnapshot } from './profile-snapshot.ts';
import { setupAuditTrail } from './setup-audit-trail.ts';
import type { Source } from './source.ts';
import { userSnapshot } from './user-snapshot.ts';

/** All sources, the most urgent first: when calls are short, sign-ins and the audit trail get them, event log files what is left. */
export const SOURCES: readonly Source[] = [
  loginHistory,
  setupAuditTrail,
  contentDistribution,
  userSnapshot,
  profileSnapshot,
  permissionSetAssignmentSnapshot,
  oauthTokenSnapshot,
  connectedAppSnapshot,
  contentDocumentLink,
  eventLog,
];

/**
 * The sources of these names, in the registry's order; all when undefined.
 * @throws OrgwatchError USAGE
 */
export function sourcesNamed(names: readonly string[] | undefined): readonly Source[] {
  if (names === undefined) return SOURCES;
  const unknown = names.find((name) => !SOURCES.some((source) => source.name === name));
  if (unknown !== undefined) {
    throw new OrgwatchError('USAGE', t('There is no source “{0}”.', unknown), {
      actions: [t('Sources: {0}.', SOURCES.map((source) => source.name).join(', '))],
    });
  }
  return SOURCES.filter((source) => names.includes(source.name));
}
