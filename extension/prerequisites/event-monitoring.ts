import { refusalOf, valueOf } from './answers.ts';
import type { Answers, EventTypeRow } from './answers.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Judgement, Prerequisite } from './prerequisite.ts';
import { count, day, list, notAnswered } from './wording.ts';

/** Event types that every org with API access gets. Source: Object Reference, EventLogFile. */
const FREE_TYPES: ReadonlySet<string> = new Set([
  'ApexUnexpectedException',
  'ApiTotalUsage',
  'CorsViolation',
  'CspViolation',
  'HostnameRedirects',
  'InsecureExternalAssets',
  'Login',
  'Logout',
]);

const DAY = 86_400_000;
const SETUP = 'Setup › Event Monitoring Settings › Generate event log files';
const BUY =
  'Ask your Salesforce account executive for Salesforce Shield or the Event Monitoring add-on. Without it, sign-ins (Login History), the Setup Audit Trail and the free event types still flow.';

export const eventMonitoring: Prerequisite = {
  id: 'event-monitoring',
  title: 'Event Monitoring writes event log files',
  judge(answers) {
    const types = valueOf(answers.eventTypes);
    const refusal = refusalOf(answers.eventTypes);
    if (types === undefined) {
      return unknown(
        notAnswered('EventLogFile', refusal ?? { code: 'INTERNAL', reason: 'nothing' }),
        'Give this user View Event Log Files (in the connector profile) or View All Data, then run Verify again. By hand: Setup › Event Log File Browser.',
      );
    }
    const generation = valueOf(answers.eventSettings)?.generation;
    return types.length === 0 ? judgeEmpty(generation) : judgeFiles(answers, types, generation);
  },
};

function judgeEmpty(generation: boolean | undefined): Judgement {
  if (generation === false) {
    return fail(
      'EventLogFile holds no file, and Event settings say enableEventLogGeneration = false.',
      `A System Administrator: switch on ${SETUP}. ${BUY}`,
    );
  }
  return warning(
    `EventLogFile answered and holds no file that this user may see.${generation ? ' Generation is on.' : ''}`,
    `A file appears hours after its events, and only where events happened: run Verify again tomorrow, and look at ${SETUP}. ${BUY}`,
  );
}

function judgeFiles(answers: Answers, types: readonly EventTypeRow[], generation: boolean | undefined): Judgement {
  const beyondFree = types.filter(({ type }) => !FREE_TYPES.has(type));
  const evidence = `${describeFiles(answers, types)}${describeSettings(answers)}`;
  if (beyondFree.length === 0) {
    return warning(`Only free event types are there: ${list(types.map(({ type }) => type).sort())}. ${evidence}`, BUY);
  }
  if (generation === false) {
    return warning(`${evidence} No new files come while it is off.`, `A System Administrator: switch on ${SETUP}.`);
  }
  return pass(evidence);
}

function describeFiles(answers: Answers, types: readonly EventTypeRow[]): string {
  const files = types.reduce((sum, row) => sum + row.files, 0);
  const oldest = Math.min(...types.map((row) => row.oldest));
  const newest = Math.max(...types.map((row) => row.newest));
  const back = Math.max(0, Math.floor((answers.askedAt - oldest) / DAY));
  return `${count(files, 'file')} of ${count(types.length, 'event type')}, from ${day(oldest)} (${count(back, 'day')} back) to ${day(newest)}; ${describeIntervals(answers, types)}.`;
}

function describeIntervals(answers: Answers, types: readonly EventTypeRow[]): string {
  const hourly = valueOf(answers.hourlyTypes);
  if (hourly === undefined) return 'daily files only, the org has no hourly ones';
  if (hourly.length === 0) return 'no hourly files';
  return hourly.length === types.length ? 'all of them hourly too' : `${hourly.length} of them hourly too`;
}

function describeSettings(answers: Answers): string {
  const settings = valueOf(answers.eventSettings);
  if (settings?.generation === undefined) return '';
  const retention = settings.retentionDays ? `, eventLogRetentionDuration = ${settings.retentionDays} days` : '';
  return ` Event settings say enableEventLogGeneration = ${settings.generation}${retention}.`;
}
