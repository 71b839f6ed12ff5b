import type { Prunable } from '../lake/ledger-prune.ts';
import type { PruneReport } from '../sync/prune-report.ts';
import { heading, titledTable } from './layout.ts';
import { bytes, count, number, span } from './quantity.ts';
import { printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const COLUMNS = [
  { title: 'Source' },
  { title: 'Layer' },
  { title: 'Files', align: 'right' },
  { title: 'Rows', align: 'right' },
  { title: 'On disk', align: 'right' },
  { title: 'Covers' },
] as const;

/** What was deleted, or would be. */
export function pruneText(report: PruneReport, terminal: Terminal): string {
  const { org, dryRun, before, kept, sources, files, leftovers, dataDir } = report;
  const rows = sources.flatMap(({ source, raw, lake }) => [...row(source, 'raw', raw), ...row(source, 'lake', lake)]);
  const table = titledTable(COLUMNS, rows, terminal);
  const lines = [
    `${heading('Prune', org, terminal)}, events before ${before}`,
    '',
    ...(rows.length === 0 ? [] : [...table.map((line) => `  ${line}`), '']),
    ...(leftovers > 0 && !dryRun ? [`${count(leftovers, 'file')} that an earlier run left over: deleted too.`] : []),
    ...kept.map(
      ({ source, from }) => `${source}: kept from ${from} on, since that is how things are now, whatever its age.`,
    ),
    files === 0 ? 'There is nothing that old.' : verdict(report, terminal),
    ...(files > 0 && dryRun ? [`${terminal.paint('cyan', 'Try:')} the same command with --yes`] : []),
    `Data: ${dataDir}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** What is deleted next, in a line: whose, and how much. */
export function aboutToPrune({ org, sources, files, bytes: size, before }: PruneReport): string {
  const { orgId, username } = org;
  const rows = sources.reduce((sum, { lake }) => sum + (lake?.rows ?? 0), 0);
  const what = `${count(files, 'file')}, ${count(rows, 'row')} of the lake, ${bytes(size)}`;
  return `Deleting from the lake of organization ${orgId}${username === null ? '' : ` (${printable(username)})`}: ${what}, events before ${before}.\n`;
}

function row(source: string, layer: string, part: Prunable | null): string[][] {
  if (part === null || part.files === 0) return [];
  const rows = part.rows === null ? '–' : number(part.rows);
  return [[source, layer, number(part.files), rows, bytes(part.bytes), span(part.from, part.to)]];
}

function verdict({ dryRun, files, bytes: size }: PruneReport, terminal: Terminal): string {
  const what = `${count(files, 'file')}, ${bytes(size)}`;
  return dryRun
    ? terminal.paint('yellow', `Would delete ${what}. Nothing was deleted.`)
    : `Deleted ${what}. The next sync does not fetch them again.`;
}
