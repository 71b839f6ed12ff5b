import path from 'node:path';
import * as vscode from 'vscode';
import type { CheckReport, Finding, FindingKind } from '../../sync/check-report.ts';
import { shellWord } from '../../shared/shell.ts';
import { misfitsText, quarantineText } from '../../sync/unfit.ts';
import { number, size } from '../format.ts';
import { badge, block, code, document, escape, escapeAroundCode, table } from '../markdown.ts';

/** Of each kind so many are listed. */
const SHOWN = 20;

/** The report for a person: the verdict, what was read, and what is not as it should be with its remedy. */
export function checkMarkdown(report: CheckReport, name: string): string {
  const { outcome, org, sources, findings, dataDir } = report;
  const proven = number(sources.reduce((sum, { provenRows }) => sum + provenRows, 0));
  const verdict =
    outcome === 'sound'
      ? badge('pass', vscode.l10n.t('Sound: {0} rows proven from raw files.', proven))
      : badge('fail', vscode.l10n.t('{0} findings', number(findings.length)));
  const unproven = sources.reduce((sum, { unprovenUnits }) => sum + unprovenUnits, 0);
  return document([
    `# ${escape(vscode.l10n.t('Check {0}', name))}`,
    `${verdict}\n\n${code(org.orgId)}`,
    table(
      [
        vscode.l10n.t('Source'),
        vscode.l10n.t('Raw files'),
        vscode.l10n.t('Received'),
        vscode.l10n.t('Parquet files'),
        vscode.l10n.t('Rows'),
        vscode.l10n.t('Proven'),
      ],
      sources.map((source) => [
        code(source.source),
        number(source.rawFiles),
        size(source.rawBytes),
        number(source.units),
        number(source.rows),
        number(source.provenRows),
      ]),
      [1, 2, 3, 4, 5],
    ),
    ...(unproven === 0
      ? []
      : [
          vscode.l10n.t(
            '{0} Parquet files can be read, but their rows are not proven: raw files behind them are not here, or are irregular CSV whose records cannot be counted with certainty.',
            number(unproven),
          ),
        ]),
    ...sources.flatMap(({ source, quarantined, misfits }) =>
      [quarantineText(quarantined), misfitsText(misfits, source)]
        .filter((text) => text !== '')
        .map((text) => `${code(source)}: ${escapeAroundCode(text)}`),
    ),
    ...findingSections(report),
    `## ${vscode.l10n.t('Where the data lies')}`,
    code(dataDir),
  ]);
}

function findingSections({ findings, org, dataDir }: CheckReport): string[] {
  return [...Map.groupBy(findings, ({ kind }) => kind)].flatMap(([kind, some]) => {
    const more = some.length - SHOWN;
    const lines = some.slice(0, SHOWN).map(({ path: file, detail }) => `- ${code(file)}: ${escape(detail)}`);
    const remedies = [...new Set(some.map(({ remedy }) => remedy))];
    return [
      `## ${vscode.l10n.t('{0} ({1})', titleOf(kind), number(some.length))}`,
      [...lines, ...(more > 0 ? [`- ${vscode.l10n.t('and {0} more', number(more))}`] : [])].join('\n'),
      ...remedies.map((remedy) => remedyText(remedy, org.orgId, dataDir)),
    ];
  });
}

function remedyText(remedy: Finding['remedy'], orgId: string, dataDir: string): string {
  if (remedy === null) return vscode.l10n.t('Look at these yourself: Orgwatch leaves them alone.');
  if (remedy === 'sync') return vscode.l10n.t('The next sync puts this right.');
  const command = `orgwatch ${remedy} --target-org ${shellWord(orgId)} --data-dir ${shellWord(path.dirname(dataDir))}`;
  return `${vscode.l10n.t('The command line of Orgwatch puts this right:')}\n\n${block(command)}`;
}

function titleOf(kind: FindingKind): string {
  const titles: Readonly<Record<FindingKind, string>> = {
    'ledger-missing': vscode.l10n.t('The ledger is missing'),
    'ledger-damaged': vscode.l10n.t('The ledger is damaged'),
    'raw-missing': vscode.l10n.t('Raw files are missing'),
    'raw-damaged': vscode.l10n.t('Raw files are not as they landed'),
    'raw-unknown': vscode.l10n.t('Files in raw that the ledger does not know'),
    'not-published': vscode.l10n.t('Raw files that are not in the lake yet'),
    'lake-missing': vscode.l10n.t('Parquet files are missing'),
    'lake-damaged': vscode.l10n.t('Parquet files are not as they were published'),
    'rows-differ': vscode.l10n.t('Rows in the lake are not those of the raw files'),
    'lake-unknown': vscode.l10n.t('Files in the lake that the ledger does not know'),
    unfinished: vscode.l10n.t('Half-written files'),
    link: vscode.l10n.t('Links, which nothing reads or writes through'),
    'open-to-others': vscode.l10n.t('Files that others can read'),
  };
  return titles[kind];
}
