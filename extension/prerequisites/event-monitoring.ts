import { t } from '@vscode/l10n';
import { DAY, utcDate } from '../shared/utc.ts';
import { counted, list, sentences } from '../shared/wording.ts';
import { refusalOf, valueOf } from './answers.ts';
import type { Answers, EventTypeRow } from './answers.ts';
import { PLACES } from './places.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Judgement, Prerequisite, Remedy } from './prerequisite.ts';
import { whenRefused } from './refusal-remedies.ts';
import { administrator, lookAt, notAnswered, nothing, prepare } from './wording.ts';

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

export const eventMonitoring: Prerequisite = {
  id: 'event-monitoring',
  get title() {
    return t('Event Monitoring writes event log files');
  },
  judge(answers) {
    const types = valueOf(answers.eventTypes);
    const refusal = refusalOf(answers.eventTypes);
    if (types === undefined) {
      const why = refusal ?? nothing();
      const look = lookAt(PLACES.eventMonitoring, 'Event Log File Browser');
      return unknown(notAnswered('EventLogFile', why), whenRefused(why, look));
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
    return fail(t('EventLogFile holds no file, and Event settings say enableEventLogGeneration = false.'), {
      ...switchOn(answers),
      text: sentences(switchOn(answers).text, buy().text),
    });
  }
  return warning(
    sentences(
      t('EventLogFile answered and holds no file that this user may see.'),
      generation ? t('Generation is on.') : '',
    ),
    {
      ...buy(),
      place: PLACES.eventMonitoring,
      text: sentences(
        t(
          'A file appears hours after its events, and only where events happened: run Verify again tomorrow, and look at Setup › {0}.',
          PLACES.eventMonitoring.path,
        ),
        buy().text,
      ),
    },
  );
}

function judgeFiles(answers: Answers, types: readonly EventTypeRow[], generation: boolean | undefined): Judgement {
  const evidence = sentences(describeFiles(answers, types), describeSettings(answers));
  if (!hasPaidTypes(answers)) {
    const free = t('Only free event types are there: {0}.', list(types.map(({ type }) => type).sort()));
    return warning(sentences(free, evidence), buy());
  }
  if (generation === false) {
    return warning(sentences(evidence, t('No new files come while it is off.')), switchOn(answers));
  }
  return pass(evidence);
}

function buy(): Remedy {
  const text = sentences(
    t('Ask your Salesforce account executive for Salesforce Shield or the Event Monitoring add-on.'),
    t('Without it, sign-ins (Login History), the Setup Audit Trail and the free event types still flow.'),
  );
  return { text, who: 'salesforce' };
}

function switchOn(answers: Answers): Remedy {
  return administrator(PLACES.eventMonitoring, SWITCH, prepare(answers, 'event-monitoring'));
}

function describeFiles(answers: Answers, types: readonly EventTypeRow[]): string {
  const files = types.reduce((sum, row) => sum + row.files, 0);
  const oldest = Math.min(...types.map((row) => row.oldest));
  const newest = Math.max(...types.map((row) => row.newest));
  const back = Math.max(0, Math.floor((answers.askedAt - oldest) / DAY));
  const facts = [
    counted(files, 'file'),
    counted(types.length, 'event type'),
    utcDate(oldest),
    counted(back, 'day'),
    utcDate(newest),
  ] as const;
  const hourly = valueOf(answers.hourlyTypes)?.length;
  if (hourly === undefined) {
    return t('{0} of {1}, from {2} ({3} back) to {4}; daily files only, the org has no hourly ones.', ...facts);
  }
  if (hourly === 0) return t('{0} of {1}, from {2} ({3} back) to {4}; no hourly files.', ...facts);
  return hourly === types.length
    ? t('{0} of {1}, from {2} ({3} back) to {4}; all of them hourly too.', ...facts)
    : t('{0} of {1}, from {2} ({3} back) to {4}; {5} of them hourly too.', ...facts, hourly);
}

function describeSettings(answers: Answers): string {
  const settings = valueOf(answers.eventSettings);
  if (settings?.generation === undefined) return '';
  return settings.retentionDays
    ? t(
        'Event settings say enableEventLogGeneration = {0}, eventLogRetentionDuration = {1} days.',
        settings.generation,
        settings.retentionDays,
      )
    : t('Event settings say enableEventLogGeneration = {0}.', settings.generation);
}
