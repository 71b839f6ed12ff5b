import { count } from '../shared/count.ts';
import { DAY, utcDate } from '../shared/utc.ts';
import { refusalOf, valueOf } from './answers.ts';
import type { Answers, EventTypeRow } from './answers.ts';
import { PLACES } from './places.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Judgement, Prerequisite, Remedy } from './prerequisite.ts';
import { whenRefused } from './refusal-remedies.ts';
import { administrator, list, lookAt, notAnswered, prepare } from './wording.ts';

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

const SWITCH = '“Generate event log files”';
const BUY: Remedy = {
  text: 'Ask your Salesforce account executive for Salesforce Shield or the Event Monitoring add-on. Without it, sign-ins (Login History), the Setup Audit Trail and the free event types still flow.',
  who: 'salesforce',
};

export const eventMonitoring: Prerequisite = {
  id: 'event-monitoring',
  title: 'Event Monitoring writes event log files',
  judge(answers) {
    const types = valueOf(answers.eventTypes);
    const refusal = refusalOf(answers.eventTypes);
    if (types === undefined) {
      const nothing = refusal ?? { code: 'INTERNAL', reason: 'nothing' };
      const look = lookAt(PLACES.eventMonitoring, 'Event Log File Browser');
      return unknown(notAnswered('EventLogFile', nothing), whenRefused(nothing, look));
    }
    const generation = valueOf(answers.eventSettings)?.generation;
    return types.length === 0 ? judgeEmpty(answers, generation) : judgeFiles(answers, types, generation);
  },
};

/** Whether the org has event types that only Shield or Event Monitoring brings. */
export function hasPaidTypes(answers: Answers): boolean {
  return (valueOf(answers.eventTypes) ?? []).some(({ type }) => !FREE_TYPES.has(type));
}

function judgeEmpty(answers: Answers, generation: boolean | undefined): Judgement {
  if (generation === false) {
    return fail('EventLogFile holds no file, and Event settings say enableEventLogGeneration = false.', {
      ...switchOn(answers),
      text: `${switchOn(answers).text} ${BUY.text}`,
    });
  }
  return warning(
    `EventLogFile answered and holds no file that this user may see.${generation ? ' Generation is on.' : ''}`,
    {
      ...BUY,
      place: PLACES.eventMonitoring,
      text: `A file appears hours after its events, and only where events happened: run Verify again tomorrow, and look at Setup › ${PLACES.eventMonitoring.path}. ${BUY.text}`,
    },
  );
}

function judgeFiles(answers: Answers, types: readonly EventTypeRow[], generation: boolean | undefined): Judgement {
  const evidence = `${describeFiles(answers, types)}${describeSettings(answers)}`;
  if (!hasPaidTypes(answers)) {
    return warning(`Only free event types are there: ${list(types.map(({ type }) => type).sort())}. ${evidence}`, BUY);
  }
  if (generation === false) return warning(`${evidence} No new files come while it is off.`, switchOn(answers));
  return pass(evidence);
}

function switchOn(answers: Answers): Remedy {
  return administrator(PLACES.eventMonitoring, SWITCH, prepare(answers, 'event-monitoring'));
}

function describeFiles(answers: Answers, types: readonly EventTypeRow[]): string {
  const files = types.reduce((sum, row) => sum + row.files, 0);
  const oldest = Math.min(...types.map((row) => row.oldest));
  const newest = Math.max(...types.map((row) => row.newest));
  const back = Math.max(0, Math.floor((answers.askedAt - oldest) / DAY));
  return `${count(files, 'file')} of ${count(types.length, 'event type')}, from ${utcDate(oldest)} (${count(back, 'day')} back) to ${utcDate(newest)}; ${describeIntervals(answers, types)}.`;
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
