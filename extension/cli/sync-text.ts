import type { SourceReport, SourceState, SyncReport } from '../sync/report.ts';
import { heading, titledTable } from './layout.ts';
import { bytes, count, minute, number, span } from './quantity.ts';
import { printable } from './terminal.ts';
import type { Style, Terminal } from './terminal.ts';

const STYLES: Readonly<Record<SourceState, Style>> = {
  done: 'green',
  partial: 'yellow',
  limited: 'yellow',
  paused: 'yellow',
  unavailable: 'yellow',
  failed: 'red',
  cancelled: 'yellow',
};

const COLUMNS = [
  { title: 'Source' },
  { title: 'State' },
  { title: 'New rows', align: 'right' },
  { title: 'Files', align: 'right' },
  { title: 'Received', align: 'right' },
  { title: 'Calls', align: 'right' },
  { title: 'Covers' },
] as const;

/** The report for a person: a row a source, then what to know and what to do. */
export function syncText(report: SyncReport, terminal: Terminal): string {
  const rows = report.sources.map((source) => [
    source.source,
    source.state,
    number(source.rows),
    number(source.files),
    bytes(source.bytes),
    number(source.requests),
    span(source.from, source.to),
  ]);
  const table = titledTable(COLUMNS, rows, terminal, (text, row, column) => {
    const state = report.sources[row]?.state;
    return column === 1 && state ? terminal.paint(STYLES[state], text) : text;
  });
  const lines = [
    heading('Sync', report.org, terminal),
    '',
    ...first(report, terminal),
    ...table.map((line) => `  ${line}`),
    '',
    ...report.sources.flatMap((source) => notes(source, terminal)),
    ...(report.notes ?? []).map((note) => `${terminal.paint('yellow', 'Note:')} ${printable(note)}`),
    ...ending(report),
    quotaLine(report.quota),
    `Data: ${report.dataDir}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** What to do before anything else, where the account does not see all that the org has. */
function first({ sources }: SyncReport, terminal: Terminal): string[] {
  const limited = sources.filter(({ state }) => state === 'limited');
  if (limited.length === 0) return [];
  const names = limited.map(({ source }) => source).join(', ');
  return [
    `${terminal.paint('yellow', 'This account does not see all that the org has:')} ${names}.`,
    `  ${terminal.paint('cyan', 'First:')} orgwatch prepare, as an administrator; orgwatch verify says what is missing. Then sync again.`,
    '',
  ];
}

function notes({ source, state, reason, actions }: SourceReport, terminal: Terminal): string[] {
  if (reason === undefined) return [];
  const tries = (actions ?? []).map((action) => `  ${terminal.paint('cyan', 'Try:')} ${printable(action)}`);
  return [`${terminal.paint(STYLES[state], source)}: ${printable(reason)}`, ...tries, ''];
}

function ending(report: SyncReport): string[] {
  const rows = report.sources.reduce((sum, source) => sum + source.rows, 0);
  const added = `${count(rows, 'new row')} with ${count(report.quota.requests, 'call')}`;
  switch (report.outcome) {
    case 'done':
      return [`Done: ${added}.`];
    case 'partial':
      return [`Incomplete: ${added}; what is missing, and why, is told above.`];
    case 'paused':
      return [
        `Paused: the API calls above the reserve are used up. ${added} so far; all of it is kept.`,
        ...(report.resumesAt
          ? [`Calls are free again at ${minute(report.resumesAt)} UTC: the next sync goes on from here.`]
          : []),
      ];
    case 'cancelled':
      return [`Cancelled: ${added} so far; all of it is kept, and the next sync goes on from here.`];
    case 'failed':
      return [`Not complete: ${added}; all of it is kept, and the next sync tries again what failed.`];
  }
}

function quotaLine({ max, remaining, own, reserve }: SyncReport['quota']): string {
  const org =
    max === null || remaining === null
      ? ''
      : `${number(max - remaining)} of ${count(max, 'call')} used by the whole org, `;
  const kept = reserve === null ? '' : `; ${number(reserve)} are always left`;
  return `Quota, last 24 hours: ${org}${number(own)} by Orgwatch${kept}.`;
}
