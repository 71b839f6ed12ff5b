import { t } from '@vscode/l10n';
import { OrgwatchError } from '../shared/errors.ts';
import { counted } from '../shared/wording.ts';
import { holds, profileOf, valueOf, type Answers } from './answers.ts';
import { CONNECTOR_CLOSURE, CONNECTOR_PROFILE } from './connector.ts';
import { CREATE_DELIVERIES } from './content-deliveries.ts';
import { hasPaidTypes } from './event-monitoring.ts';
import { hasLeastPrivilege, LEAST_PRIVILEGE } from './least-privilege.ts';
import { STEPS, type PlannedStep, type StepId } from './prepare-report.ts';

/** An account that is to be made. */
export interface NewAccount {
  readonly username: string;
  readonly email: string;
  readonly lastName: string;
}

export interface Wishes {
  /** Username of the account that is to collect; undefined: only the org is prepared. */
  readonly account: string | undefined;
  /** It does not exist yet and is to be made. */
  readonly create: NewAccount | undefined;
  /** Only these steps, also those that are not taken by themselves. */
  readonly only: readonly StepId[] | undefined;
  readonly leastPrivilege: boolean;
}

interface Rule {
  readonly kind: PlannedStep['kind'];
  readonly what: (answers: Answers, wishes: Wishes) => string;
  /** Why it is to be done; undefined: there is no need. */
  readonly why: (answers: Answers, wishes: Wishes) => string | undefined;
  /** It is about the account, and there has to be one. */
  readonly ofAccount: boolean;
  /** Somebody decided otherwise: taken only when it is asked for by name. */
  readonly onlyByName?: boolean;
}

const RULES: Readonly<Record<StepId, Rule>> = {
  'session-ip-lock': {
    kind: 'deploy',
    ofAccount: false,
    what: () => t('deploy Security settings: {0}, and nothing else of them', 'lockSessionsToIp = false'),
    why: (answers) =>
      valueOf(answers.securitySettings)?.lockSessionsToIp === false
        ? undefined
        : t('a session that is used from a second address ends while it is on'),
  },
  'content-deliveries': {
    kind: 'deploy',
    ofAccount: false,
    what: () => t('deploy Content settings: {0}, and nothing else of them', 'enableContentDistribution = true'),
    why: (answers, { leastPrivilege }) =>
      leastPrivilege || valueOf(answers.contentSettings)?.deliveries === true
        ? undefined
        : t('while it is off, ContentDistribution (public links to files) cannot be queried'),
  },
  'event-monitoring': {
    kind: 'deploy',
    ofAccount: false,
    what: () => t('deploy Event settings: {0}, and nothing else of them', 'enableEventLogGeneration = true'),
    why: (answers) =>
      valueOf(answers.eventSettings)?.generation === false && hasPaidTypes(answers)
        ? t('the org has Event Monitoring, but writes no new event log files')
        : undefined,
  },
  'connector-profile': {
    kind: 'deploy',
    ofAccount: false,
    what: () =>
      t(
        'deploy the profile “{0}” and the permission set of that name, with what their permissions demand in this org',
        CONNECTOR_PROFILE,
      ),
    why: (answers, { leastPrivilege }) => (leastPrivilege ? undefined : profileShortcoming(answers)),
  },
  'create-content-deliveries': {
    kind: 'deploy',
    ofAccount: false,
    what: () =>
      t('deploy {0} ({1}) to the profile “{2}”', CREATE_DELIVERIES.label, CREATE_DELIVERIES.name, CONNECTOR_PROFILE),
    why: (answers) =>
      holds(answers, CREATE_DELIVERIES.name) === true
        ? undefined
        : t('where deliveries of other users stay out of sight, this permission shows them'),
    onlyByName: true,
  },
  'login-hours': {
    kind: 'deploy',
    ofAccount: false,
    what: () => t('take the login hours from the profile “{0}”', CONNECTOR_PROFILE),
    why: (answers) =>
      (valueOf(answers.loginRestrictions)?.hours.length ?? 0) === 0
        ? undefined
        : t('outside of them nothing is collected'),
    onlyByName: true,
  },
  'least-privilege': {
    kind: 'deploy',
    ofAccount: false,
    what: (_, { account }) =>
      account === undefined
        ? t('deploy the permission set “{0}”', LEAST_PRIVILEGE.label)
        : t('deploy the permission set “{0}” and assign it to {1}', LEAST_PRIVILEGE.label, account),
    why: (answers, { leastPrivilege }) =>
      leastPrivilege && !hasLeastPrivilege(answers)
        ? t('sign-ins, Setup changes and event log files take no more than its permissions')
        : undefined,
  },
  'create-account': {
    kind: 'create',
    ofAccount: true,
    what: (_, { create, leastPrivilege }) =>
      t(
        'create the user {0} ({1}), on the profile {2}, in the language of the org, as Salesforce CRM Content User where the org uses it; no password is set',
        create?.username ?? '',
        create?.email ?? '',
        leastPrivilege ? 'Minimum Access - Salesforce' : t('“{0}”', CONNECTOR_PROFILE),
      ),
    why: (_, { create }) =>
      create === undefined
        ? undefined
        : t('an account of its own can do no more than it should, and nobody leaves with it'),
  },
  unfreeze: {
    kind: 'set',
    ofAccount: true,
    what: (_, { account }) => t('unfreeze {0}', account ?? ''),
    why: (answers) => (valueOf(answers.userLogin)?.frozen ? t('a frozen account cannot log in') : undefined),
    onlyByName: true,
  },
  'assign-profile': {
    kind: 'assign',
    ofAccount: true,
    what: (_, { account }) => t('put {0} on the profile “{1}”', account ?? '', CONNECTOR_PROFILE),
    why: (answers, { create, leastPrivilege }) =>
      create !== undefined || leastPrivilege || profileOf(answers)?.name === CONNECTOR_PROFILE
        ? undefined
        : t(
            'deploying a profile gives it to nobody; the account is on “{0}”',
            profileOf(answers)?.name ?? t('another one'),
          ),
  },
  'crm-content-user': {
    kind: 'set',
    ofAccount: true,
    what: (_, { account }) => t('tick Salesforce CRM Content User of {0}', account ?? ''),
    why: (answers, { create, leastPrivilege }) =>
      create !== undefined ||
      leastPrivilege ||
      valueOf(answers.user)?.crmContentUser !== false ||
      valueOf(answers.contentSettings)?.crmContent === false
        ? undefined
        : t('the org uses Salesforce CRM Content'),
  },
  language: {
    kind: 'set',
    ofAccount: true,
    what: (answers, { account }) =>
      t('set the language of {0} to {1}', account ?? '', valueOf(answers.organization)?.language ?? ''),
    why: (answers, { create }) => {
      const user = valueOf(answers.user)?.language;
      const organization = valueOf(answers.organization)?.language;
      if (create !== undefined || !user || !organization || user === organization) return undefined;
      return t('it is {0}, and texts of the Setup Audit Trail arrive in the language of the account', user);
    },
  },
};

function profileShortcoming(answers: Answers): string | undefined {
  const profile = valueOf(answers.connectorProfile);
  if (profile === undefined) return t('the org has no such profile: the account gets its permissions from it');
  const missing = CONNECTOR_CLOSURE.filter((name) => profile.known.has(name) && !profile.permissions.has(name));
  return missing.length === 0
    ? undefined
    : t('the profile lacks {0}: {1}', counted(missing.length, 'permission'), missing.join(', '));
}

/**
 * What is to be done, in order: whatever Verify found wanting and a deploy or a change of a record puts right.
 * @throws OrgwatchError USAGE when a step is asked for by name that needs an account and there is none
 */
export function planOf(answers: Answers, wishes: Wishes): readonly PlannedStep[] {
  return STEPS.flatMap((id): PlannedStep[] => {
    const rule = RULES[id];
    const named = wishes.only?.includes(id) ?? false;
    if (wishes.only !== undefined && !named) return [];
    if (rule.onlyByName === true && !named) return [];
    if (rule.ofAccount && wishes.account === undefined) {
      if (!named) return [];
      throw new OrgwatchError('USAGE', t('The step {0} needs to know whose account.', id), {
        actions: [t('Name it with --service-account USERNAME.')],
      });
    }
    const why = rule.why(answers, wishes);
    return why === undefined ? [] : [{ id, kind: rule.kind, what: rule.what(answers, wishes), why }];
  });
}

/** Also the steps that are taken only when somebody wants them, for a person to choose from. */
export function planOfAll(answers: Answers, wishes: Wishes): readonly PlannedStep[] {
  const only = (wishes.only ?? STEPS).filter((id) => {
    const { ofAccount, onlyByName = false, kind } = RULES[id];
    if (wishes.account === undefined && ofAccount) return false;
    // What these deploy, they deploy to the connector profile.
    return !(wishes.leastPrivilege && onlyByName && kind === 'deploy');
  });
  return planOf(answers, { ...wishes, only });
}
