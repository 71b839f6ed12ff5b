import type { CheckReport, Finding } from '../sync/check-report.ts';
import { misfitsText, quarantineText } from '../sync/unfit.ts';
import { heading, titledTable } from './layout.ts';
import { bytes, count, number } from './quantity.ts';
import { printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const COLUMNS = [
  { title: 'Source' },
  { title: 'Raw files', align: 'right' },
  { title: 'Received', align: 'right' },
  { title: 'Parquet files', align: 'right' },
  { title: 'On disk', align: 'right' },
  { title: 'Rows', align: 'right' },
  { title: 'Proven', align: 'right' },
] as const;

const TITLES: Readonly<Record<Finding['kind'], string>> = {
  'ledger-missing': 'The ledger is missing',
  'ledger-damaged': 'The ledger is damaged',
  'raw-missing': 'Raw files are missing',
  'raw-damaged': 'Raw files are not as they landed',
  'raw-unknown': 'Files in raw that the ledger does not know',
  'not-published': 'Raw files that are not in the lake yet',
  'lake-missing': 'Parquet files are missing',
  'lake-damaged': 'Parquet files are not as they were published',
  'rows-differ': 'Rows in the lake are not those of the raw files',
  'lake-unknown': 'Files in the lake that the ledger does not know',
  unfinished: 'Half-written files',
  link: 'Links, which nothing reads or writes through',
  'open-to-others': 'Others can read',
};

/** Of each kind so many are shown; all of them with --json. */
const SHOWN = 5;

/** What was read, what is not as it should be, and what to do about it. */
export function checkText(report: CheckReport, terminal: Terminal): string {
  const { org, sources, findings, awaited, dataDir } = report;
  const rows = sources.map((source) => [
    source.source,
    number(source.rawFiles),
    bytes(source.rawBytes),
    number(source.units),
    bytes(source.lakeBytes),
    number(source.rows),
    number(source.provenRows),
  ]);
  const table = titledTable(COLUMNS, rows, terminal);
  const lines = [
    heading('Check', org, terminal),
    '',
    ...table.map((line) => `  ${line}`),
    '',
    ...findingLines(findings, terminal),
    ...unprovenLines(report),
    ...unfitLines(report),
    ...(awaited.files + awaited.spans === 0
      ? []
      : [`Not fetched yet: ${awaitedText(awaited)}. The next sync does it.`]),
    verdict(report, terminal),
    `Data: ${dataDir}`,
  ];
  return `${lines.join('\n')}\n`;
}

export function awaitedText({ files, spans }: CheckReport['awaited']): string {
  const parts = [
    ...(files === 0 ? [] : [count(files, 'event log file')]),
    ...(spans === 0 ? [] : [`records of ${count(spans, 'span')} of time`]),
  ];
  return parts.join(' and ');
}

/** By kind, as they were found; each with the command that puts it right. */
export function findingLines(findings: readonly Finding[], terminal: Terminal): string[] {
  return [...Map.groupBy(findings, ({ kind }) => kind)].flatMap(([kind, some]) => {
    const more = some.length - SHOWN;
    const remedies = [...new Set(some.map(({ remedy }) => remedy))];
    return [
      `${terminal.paint('red', '✖')} ${TITLES[kind]} (${number(some.length)})`,
      ...some.slice(0, SHOWN).map(({ path, detail }) => `    ${printable(path)}\n      ${printable(detail)}`),
      ...(more > 0 ? [`    and ${number(more)} more: --json lists them all`] : []),
      ...remedies.map((remedy) =>
        remedy === null
          ? '    Look at these yourself: Orgwatch leaves them alone.'
          : `    ${terminal.paint('cyan', 'Try:')} orgwatch ${remedy}`,
      ),
      '',
    ];
  });
}

function unprovenLines({ sources }: CheckReport): string[] {
  const units = sources.reduce((sum, { unprovenUnits }) => sum + unprovenUnits, 0);
  if (units === 0) return [];
  return [
    `${count(units, 'Parquet file')} can be read, but their rows are not proven: raw files behind them are not here, or are irregular CSV whose records cannot be counted with certainty.`,
  ];
}

/** What is in the lake as it should be, and still not in the column or the table where it would be looked for. */
function unfitLines({ sources }: CheckReport): string[] {
  return sources.flatMap(({ source, quarantined, misfits }) =>
    [quarantineText(quarantined), misfitsText(misfits, source)]
      .filter((text) => text !== '')
      .map((text) => `${source}: ${text}`),
  );
}

function verdict({ outcome, sources, findings }: CheckReport, terminal: Terminal): string {
  const rows = sources.reduce((sum, { provenRows }) => sum + provenRows, 0);
  if (outcome === 'sound') return terminal.paint('green', `Sound: ${count(rows, 'row')} proven from raw files.`);
  return terminal.paint('red', `${count(findings.length, 'finding')}.`);
}
