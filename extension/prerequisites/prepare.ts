import { t } from '@vscode/l10n';
import type { Door } from '../org/door.ts';
import type { Component } from '../org/deploy-package.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { throwIfCancelled } from '../shared/abort.ts';
import type { Log } from '../shared/log.ts';
import { valueOf, type Answers } from './answers.ts';
import { CONNECTOR_CLOSURE, CONNECTOR_PROFILE } from './connector.ts';
import { CREATE_DELIVERIES } from './content-deliveries.ts';
import { LEAST_PRIVILEGE } from './least-privilege.ts';
import { createAccount, createRecord, firstRecord, profileId, updateRecord } from './prepare-account.ts';
import { quoted } from '../sources/soql.ts';
import { deployFitting, type Deployed } from './prepare-deploy.ts';
import type { Wishes } from './prepare-plan.ts';
import type { DoneStep, PlannedStep, StepId } from './prepare-report.ts';
import {
  connectorProfileFile,
  connectorSetFile,
  contentSettingsFile,
  eventSettingsFile,
  leastPrivilegeFile,
  securitySettingsFile,
} from './prepare-xml.ts';
import { facts } from './wording.ts';

export interface PrepareOptions {
  /** Of an administrator. */
  readonly door: Door;
  readonly log: Log;
  /** What Verify learned, and what is to be done about it: `planOf`. */
  readonly answers: Answers;
  readonly plan: readonly PlannedStep[];
  readonly wishes: Wishes;
  /** Deploys are checked by the org and not made; no record is changed. */
  readonly dryRun: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: (step: PlannedStep) => void;
}

/**
 * Takes the steps of a plan in their order and stops at the first that fails; a step that was taken stays taken, and
 * taking it again does no harm. Steps that deploy go in one deployment, all or nothing.
 * @throws OrgwatchError CANCELLED, SESSION_EXPIRED, ORG_UNREACHABLE and what else is about no step in particular
 */
export async function prepare(options: PrepareOptions): Promise<readonly DoneStep[]> {
  const { plan, log, signal } = options;
  const done: DoneStep[] = [];
  for (const group of grouped(plan)) {
    throwIfCancelled(signal);
    if (done.some(({ state }) => state === 'failed')) {
      done.push(...group.map((step): DoneStep => ({ ...step, state: 'not reached', result: '' })));
      continue;
    }
    for (const step of group) options.onStep?.(step);
    const steps = await take(options, group);
    for (const { id, state, result } of steps) log.info(`${state} ${id}: ${result}`);
    done.push(...steps);
  }
  return done;
}

/** Deploys that touch different files go together. */
const TOGETHER: readonly StepId[] = ['session-ip-lock', 'content-deliveries', 'event-monitoring', 'connector-profile'];

function grouped(plan: readonly PlannedStep[]): readonly (readonly PlannedStep[])[] {
  const together = plan.filter(({ id }) => TOGETHER.includes(id));
  const others = plan.filter(({ id }) => !TOGETHER.includes(id)).map((step) => [step]);
  return together.length === 0 ? others : [together, ...others];
}

async function take(options: PrepareOptions, group: readonly PlannedStep[]): Promise<readonly DoneStep[]> {
  const { dryRun } = options;
  const outcome = await attempt(async (): Promise<Deployed> => {
    const ids = group.map(({ id }) => id);
    if (group.some(({ kind }) => kind === 'deploy')) return takeDeploys(options, ids);
    if (dryRun) return { succeeded: true, result: t('nothing was changed') };
    const [id] = ids;
    return { succeeded: true, result: id === undefined ? '' : await changeRecord(options, id) };
  });
  const state = outcome.succeeded ? (dryRun ? 'checked' : 'done') : 'failed';
  return group.map((step) => ({ ...step, state, result: outcome.result }));
}

/** What is about the org or the whole run ends it; a refusal is the outcome of its step. */
async function attempt(work: () => Promise<Deployed>): Promise<Deployed> {
  const ends = ['CANCELLED', 'SESSION_EXPIRED', 'ORG_UNREACHABLE', 'QUOTA_RESERVED', 'REQUEST_LIMIT_EXCEEDED'];
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OrgwatchError) || ends.includes(error.code)) throw error;
    return { succeeded: false, result: error.message };
  }
}

async function takeDeploys(options: PrepareOptions, ids: readonly StepId[]): Promise<Deployed> {
  const { door, answers, dryRun, signal, wishes } = options;
  const known = knownPermissions(answers);
  const seed = ids.flatMap((id) => SEEDS[id] ?? []);
  const files = (permissions: ReadonlySet<string>): readonly Component[] =>
    ids.flatMap((id) => FILES[id]?.(permissions) ?? []);
  const deployed = await deployFitting({ door, seed, known, files, checkOnly: dryRun, signal });
  if (!deployed.succeeded || dryRun || !ids.includes('least-privilege') || wishes.create !== undefined) return deployed;
  if (wishes.account === undefined) return deployed;
  const { id } = await accountOf(options);
  return { succeeded: true, result: facts(deployed.result, await assignLeastPrivilege(options, id)) };
}

const SEEDS: Readonly<Partial<Record<StepId, readonly string[]>>> = {
  'connector-profile': CONNECTOR_CLOSURE,
  'create-content-deliveries': [CREATE_DELIVERIES.name],
  'least-privilege': LEAST_PRIVILEGE.permissions,
};

/** A deploy lays a file over what is there, so that a file of one permission adds it. */
const FILES: Readonly<Partial<Record<StepId, (permissions: ReadonlySet<string>) => readonly Component[]>>> = {
  'session-ip-lock': () => [securitySettingsFile()],
  'content-deliveries': () => [contentSettingsFile()],
  'event-monitoring': () => [eventSettingsFile()],
  'connector-profile': (permissions) => [connectorProfileFile(permissions), connectorSetFile(permissions)],
  'create-content-deliveries': (permissions) => [connectorProfileFile(permissions)],
  'login-hours': () => [connectorProfileFile([], ['<loginHours/>'])],
  'least-privilege': (permissions) => [leastPrivilegeFile(permissions)],
};

/** User permissions that the org has; undefined where nobody told. */
function knownPermissions(answers: Answers): ReadonlySet<string> | undefined {
  const profile = valueOf(answers.connectorProfile)?.known;
  if (profile !== undefined) return profile;
  const own = answers.account.own ? valueOf(answers.permissions) : undefined;
  return own === undefined ? undefined : new Set(own.keys());
}

/** @returns what was done */
async function changeRecord(options: PrepareOptions, step: StepId): Promise<string> {
  const { door, answers, wishes, signal } = options;
  switch (step) {
    case 'create-account':
      return makeAccount(options);
    case 'unfreeze': {
      const { id } = await accountOf(options);
      const soql = `SELECT Id FROM UserLogin WHERE UserId = ${quoted(id)}`;
      const row = await firstRecord(door, soql, t('find what freezes the account'), signal);
      await updateRecord(door, 'UserLogin', String(row?.['Id']), { IsFrozen: false }, signal);
      return 'IsFrozen = false';
    }
    case 'assign-profile': {
      const { id } = await accountOf(options);
      await updateRecord(door, 'User', id, { ProfileId: await profileId(door, CONNECTOR_PROFILE, signal) }, signal);
      return t('{0} is on “{1}”', wishes.account ?? '', CONNECTOR_PROFILE);
    }
    case 'crm-content-user':
      await updateRecord(door, 'User', (await accountOf(options)).id, { UserPermissionsSFContentUser: true }, signal);
      return 'UserPermissionsSFContentUser = true';
    case 'language': {
      const language = valueOf(answers.organization)?.language ?? '';
      await updateRecord(door, 'User', (await accountOf(options)).id, { LanguageLocaleKey: language }, signal);
      return `LanguageLocaleKey = ${language}`;
    }
    default:
      throw new OrgwatchError('INTERNAL', `The step ${step} changes no record.`);
  }
}

async function makeAccount(options: PrepareOptions): Promise<string> {
  const { door, answers, wishes, signal } = options;
  if (wishes.create === undefined) throw new OrgwatchError('INTERNAL', 'There is no account to make.');
  const profile = wishes.leastPrivilege ? 'Minimum Access - Salesforce' : CONNECTOR_PROFILE;
  const contentUser = !wishes.leastPrivilege && valueOf(answers.contentSettings)?.crmContent === true;
  const more = {
    ProfileId: await profileId(door, profile, signal),
    ...(contentUser ? { UserPermissionsSFContentUser: true } : {}),
  };
  const id = await createAccount(door, wishes.create, more, signal);
  const assigned = wishes.leastPrivilege ? await assignLeastPrivilege(options, id) : '';
  return facts(t('{0} is user {1}, on “{2}”', wishes.create.username, id, profile), assigned);
}

async function assignLeastPrivilege({ door, signal }: PrepareOptions, assignee: string): Promise<string> {
  const soql = `SELECT Id FROM PermissionSet WHERE Name = ${quoted(LEAST_PRIVILEGE.apiName)}`;
  const row = await firstRecord(door, soql, t('find the permission set'), signal);
  const fields = { AssigneeId: assignee, PermissionSetId: String(row?.['Id']) };
  await createRecord(door, 'PermissionSetAssignment', fields, signal);
  return t('“{0}” is assigned', LEAST_PRIVILEGE.label);
}

/** The account, as Verify found it. @throws OrgwatchError USAGE when the org has no such user */
async function accountOf({ answers, wishes }: PrepareOptions): Promise<{ readonly id: string }> {
  const user = valueOf(answers.user);
  if (user !== undefined && user.username.toLowerCase() === wishes.account?.toLowerCase()) return user;
  throw new OrgwatchError('USAGE', t('The org has no user {0}.', wishes.account ?? ''), {
    actions: [
      t('Name an existing one with --service-account, or make one with --create-service-account --email ADDRESS.'),
    ],
  });
}
