import type { AsideStatus, OrgStatus, RunStatus, SourceStatus } from '../sync/status-report.ts';
import type { ListedStatus } from '../sync/status.ts';
import { misfitsText, quarantineText } from '../sync/unfit.ts';
import { alignedTable, heading, titledTable } from './layout.ts';
import { ago, bytes, count, minute, number, span } from './quantity.ts';
import { NOT_TRUSTED } from './not-trusted.ts';
import { printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const SOURCE_COLUMNS = [
  { title: 'Source' },
  { title: 'State' },
  { title: 'Complete' },
  { title: 'Rows', align: 'right' },
  { title: 'Files', align: 'right' },
  { title: 'Received', align: 'right' },
  { title: 'On disk', align: 'right' },
  { title: 'Covers' },
] as const;

const RUN_COLUMNS = [
  { title: 'Run (UTC)' },
  { title: 'Outcome' },
  { title: 'New rows', align: 'right' },
  { title: 'Calls', align: 'right' },
] as const;

const RUNS_SHOWN = 5;
const TYPES_SHOWN = 10;
const ASIDE_SHOWN = 10;

/** What the lake of one org holds, how fresh it is and what the quota leaves. `now` in ms since 1970. */
export function statusText(status: ListedStatus, terminal: Terminal, now: number): string {
  const lines = [
    heading('Status', status, terminal),
    '',
    ...titledTable(
      SOURCE_COLUMNS,
      status.sources.map((source) => sourceRow(source, now)),
      terminal,
    ),
    ...pendingLines(status.sources),
    ...eventTypeLines(status.sources, terminal),
    '',
    ...titledTable(RUN_COLUMNS, status.runs.slice(0, RUNS_SHOWN).map(runRow), terminal),
    '',
    quotaLine(status.quota, now),
    ...(status.holder === null ? [] : [`A sync is under way: ${printable(status.holder)}.`]),
    ...(status.hasLogin === false
      ? [`sf holds no login for this org any more: its lake is reached as --target-org ${status.orgId}.`]
      : []),
    ...(status.trusted ? [] : [NOT_TRUSTED]),
    `Data: ${status.dataFolder}`,
  ];
  return `${lines.join('\n')}\n`;
}

function sourceRow(source: SourceStatus, now: number): string[] {
  return [
    source.source,
    source.state ?? 'not synced',
    source.syncedAt === null ? 'never' : ago(source.syncedAt, now),
    number(source.rows),
    number(source.files),
    bytes(source.bytes),
    bytes(source.storedBytes),
    span(source.from, source.to),
  ];
}

function runRow(run: RunStatus): string[] {
  return [minute(run.startedAt), run.outcome, number(run.rows), number(run.requests)];
}

/** What is not in the lake yet, by how far it has come, and how the last run ended where there is something to say. */
function pendingLines(sources: readonly SourceStatus[]): string[] {
  const lines = sources.flatMap(({ source, toFetch, unpublished, aside, reason, quarantined, misfits }) => {
    const said = [
      ...(toFetch > 0 ? [`${count(toFetch, 'file')} listed by the org and not fetched yet.`] : []),
      ...(unpublished > 0 ? [`${count(unpublished, 'file')} landed but not yet in the lake.`] : []),
      ...(reason === null ? [] : [printable(reason)]),
    ];
    // How the last run ended names some of them already.
    const others = aside.filter(({ what }) => reason?.includes(what) !== true);
    const unfit = [quarantineText(quarantined), misfitsText(misfits, source)].filter((text) => text !== '');
    const texts = [...(said.length === 0 ? [] : [said.join(' ')]), ...unfit];
    return [...texts.map((text) => `${source}: ${text}`), ...asideLines(others)];
  });
  return lines.length === 0 ? [] : ['', ...lines];
}

function asideLines(aside: readonly AsideStatus[]): string[] {
  if (aside.length === 0) return [];
  const shown = aside.slice(0, ASIDE_SHOWN).map(({ what, since, tries, nextTry, reason }) => {
    const failed = tries === 1 ? 'failed once' : `failed ${number(tries)} times`;
    return `    ${printable(what)}: ${failed} since ${minute(since)}, tried again after ${minute(nextTry)}. ${printable(reason)}`;
  });
  const more = aside.length - shown.length;
  return [
    `  Put aside, as it keeps failing (times in UTC): ${count(aside.length, 'item')}`,
    ...shown,
    ...(more > 0 ? [`    and ${number(more)} more: orgwatch status --json`] : []),
  ];
}

function eventTypeLines(sources: readonly SourceStatus[], terminal: Terminal): string[] {
  const types = sources
    .flatMap(({ eventTypes }) => Object.entries(eventTypes))
    .sort(([, left], [, right]) => right - left);
  if (types.length === 0) return [];
  const rows = types.slice(0, TYPES_SHOWN).map(([type, total]) => [type, number(total)]);
  const table = alignedTable([{ title: 'Event type' }, { title: 'Rows', align: 'right' }], rows);
  const more = types.length - rows.length;
  const rest = more > 0 ? [`  and ${count(more, 'more type')}: orgwatch status --json`] : [];
  return ['', terminal.paint('bold', 'Event types'), ...table.slice(1).map((line) => `  ${line}`), ...rest];
}

function quotaLine({ max, remaining, seenAt, own, reserve }: OrgStatus['quota'], now: number): string {
  const org =
    max === null || remaining === null
      ? ''
      : `${number(max - remaining)} of ${count(max, 'call')} used by the whole org${seenAt === null ? '' : ` (${ago(seenAt, now)})`}, `;
  const kept = reserve === null ? '' : `; ${number(reserve)} are always left`;
  return `Quota, last 24 hours: ${org}${number(own)} by Orgwatch${kept}.`;
}
