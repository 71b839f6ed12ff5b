import type { PlannedSource, PlanReport } from '../sync/preview-report.ts';
import { heading, titledTable } from './layout.ts';
import { bytes, count, day, number } from './quantity.ts';
import { printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const SOURCES = [
  { title: 'Source' },
  { title: 'Records', align: 'right' },
  { title: 'Files', align: 'right' },
  { title: 'To receive', align: 'right' },
  { title: 'Calls', align: 'right' },
  { title: 'From' },
] as const;

const TYPES = [
  { title: 'Event type' },
  { title: 'Files', align: 'right' },
  { title: 'To receive', align: 'right' },
  { title: 'Calls', align: 'right' },
  { title: 'Days' },
] as const;

/** What the next sync would fetch, by source and event type, and what it would leave of the quota. */
export function planText(report: PlanReport, terminal: Terminal): string {
  const types = report.sources.flatMap(({ eventTypes }) => eventTypes ?? []);
  const typeRows = types.map(({ eventType, included, files, bytes: size, calls, from, to }) => [
    printable(eventType),
    number(files),
    bytes(size),
    included ? number(calls) : 'left out',
    from === to ? from : `${from} to ${to}`,
  ]);
  const lines = [
    heading('Plan', report.org, terminal),
    '',
    ...titledTable(SOURCES, report.sources.map(sourceRow), terminal).map((line) => `  ${line}`),
    '',
    ...(types.length === 0 ? [] : [...titledTable(TYPES, typeRows, terminal).map((line) => `  ${line}`), '']),
    ...report.sources.flatMap(({ source, reason }) =>
      reason === undefined ? [] : [`${terminal.paint('yellow', source)}: ${printable(reason)}`],
    ),
    ...report.unknownEventTypes.map(
      (name) => `${terminal.paint('yellow', printable(name))}: nothing of this event type is listed.`,
    ),
    ...effect(report),
    `This plan took ${count(report.quota.requests, 'call')}; nothing was fetched.`,
    ...(types.length > 1
      ? [`${terminal.paint('cyan', 'Try:')} orgwatch sync --exclude-event-types ${largest(report)}`]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function sourceRow({ source, state, records, files, bytes: size, calls, from }: PlannedSource): string[] {
  return [
    source,
    state === 'planned' ? amount(records) : state,
    amount(files),
    size === null ? '–' : bytes(size),
    number(calls),
    day(from),
  ];
}

function amount(value: number | null): string {
  return value === null ? '–' : number(value);
}

function largest({ sources }: PlanReport): string {
  const types = sources.flatMap(({ eventTypes }) => eventTypes ?? []);
  return printable(types.find(({ included }) => included)?.eventType ?? types[0]?.eventType ?? '');
}

/** “1,203 calls, 1.0 % of the daily 125,000; 12,500 stay reserved.” */
function effect({ calls, quota }: PlanReport): string[] {
  const { max, reserve, free, freeInAnHour } = quota;
  if (max === null || reserve === null || free === null || freeInAnHour === null) return [`${count(calls, 'call')}.`];
  const share = ((100 * calls) / max).toFixed(1);
  const cost = `${count(calls, 'call')}, ${share} % of the daily ${number(max)}; ${number(reserve)} stay reserved.`;
  if (calls <= freeInAnHour) return [cost];
  if (calls <= free) {
    return [
      cost,
      `A sync takes at most ${number(freeInAnHour)} in an hour, so that other applications find calls too: it pauses there and goes on later.`,
    ];
  }
  return [
    cost,
    `Only ${count(free, 'call')} may be made now: the sync pauses there, keeps what it has, and the next one goes on.`,
  ];
}
