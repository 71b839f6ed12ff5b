import type { SetupAction } from './setup-action.ts';
import { ORG_ACTIONS } from './setup-actions-org.ts';
import { PEOPLE_ACTIONS } from './setup-actions-people.ts';

/**
 * Action codes of SetupAuditTrail and what they mean. Salesforce documents the field but no list of its values (Object
 * Reference, SetupAuditTrail), so this one holds codes as they are seen in orgs; whatever is not in it is class `other`.
 */
export const SETUP_ACTIONS: readonly SetupAction[] = [...PEOPLE_ACTIONS, ...ORG_ACTIONS];
