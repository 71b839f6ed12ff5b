import { t } from '@vscode/l10n';
import type { Door } from '../org/door.ts';
import type { Clock } from '../shared/clock.ts';
import { OrgwatchError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import type { Answers } from './answers.ts';
import { ask, type AskOptions } from './ask.ts';
import { addressOf } from './places.ts';
import type { Remedy } from './prerequisite.ts';
import { PREREQUISITES } from './registry.ts';
import type { Fix, Outcome, PrerequisiteReport, VerifyReport } from './report.ts';

export interface VerifyOptions {
  readonly door: Door;
  readonly clock: Clock;
  readonly log: Log;
  /** Whose readiness is asked for; default: the running user's. */
  readonly account?: AskOptions['account'];
  readonly signal?: AbortSignal | undefined;
  /** Requests answered so far, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Refusals of the whole org: there is nothing to report on, only something to put right first. */
const COULD_NOT_RUN: ReadonlySet<ErrorCode> = new Set([
  'ACCESS_REFUSED',
  'INSECURE_URL',
  'ORG_UNREACHABLE',
  'RESPONSE_INVALID',
  'SERVER_ERROR',
  'SESSION_EXPIRED',
]);

/**
 * Checks every prerequisite of one org. Reads only; at most eight counted calls.
 * @throws OrgwatchError SESSION_EXPIRED, ACCESS_REFUSED, ORG_UNREACHABLE and the like when nothing could be asked; CANCELLED.
 */
export async function verify(options: VerifyOptions): Promise<VerifyReport> {
  const { report } = await verifyWithAnswers(options);
  return report;
}

/** The same, with what the report follows from. */
export async function verifyWithAnswers(
  options: VerifyOptions,
): Promise<{ readonly report: VerifyReport; readonly answers: Answers }> {
  const { door, clock, log, account, signal, onProgress } = options;
  log.info(`Verify ${account?.username ?? door.org.username} at ${door.org.instanceUrl}`);
  const answers = await ask({ door, clock, account, signal, ...(onProgress ? { onAnswered: onProgress } : {}) });
  refuseWhenNothingAnswered(answers);
  const report = judge(answers);
  for (const { id, outcome, evidence } of report.prerequisites) log.info(`${outcome} ${id}: ${evidence}`);
  log.info(`Verify of ${door.org.username}: ${report.outcome}, ${door.usage().session} calls`);
  return { report, answers };
}

/** The report that follows from the answers. */
export function judge(answers: Answers): VerifyReport {
  const { orgId, username, instanceUrl } = answers.org;
  const off = apiIsOff(answers);
  const prerequisites = PREREQUISITES.map(({ id, title, judge }): PrerequisiteReport => {
    const { outcome, evidence, remedy: found } = judge(answers);
    const remedy = off && outcome === 'unknown' ? afterApi() : found;
    return { id, title, outcome, evidence, remedy: remedy?.text ?? null, fix: remedy && fixOf(remedy, instanceUrl) };
  });
  return {
    org: { orgId, username: answers.account.username, instanceUrl },
    askedBy: username,
    at: new Date(answers.askedAt).toISOString(),
    outcome: overall(prerequisites),
    prerequisites,
  };
}

function apiIsOff({ organization }: Answers): boolean {
  return 'refused' in organization && organization.refused.code === 'API_DISABLED';
}

/** Without the API nothing else can be known, and nothing else is to be done first. */
function afterApi(): Remedy {
  return { text: t('The REST API has to answer first (prerequisite rest-api); then run Verify again.'), who: 'you' };
}

function fixOf({ who, place, command }: Remedy, instanceUrl: string): Fix {
  return {
    who,
    setup: place?.path ?? null,
    url: place === undefined ? null : addressOf(instanceUrl, place),
    command: command ?? null,
  };
}

function overall(prerequisites: readonly PrerequisiteReport[]): Outcome {
  const outcomes = new Set(prerequisites.map(({ outcome }) => outcome));
  if (outcomes.has('fail')) return 'fail';
  return outcomes.has('warning') || outcomes.has('unknown') ? 'warning' : 'pass';
}

function refuseWhenNothingAnswered({ userInfo, organization }: Answers): void {
  if (!('refused' in userInfo) || !('refused' in organization)) return;
  const refusal = organization.refused;
  if (COULD_NOT_RUN.has(refusal.code)) throw refusal.error ?? new OrgwatchError(refusal.code, refusal.reason);
}
