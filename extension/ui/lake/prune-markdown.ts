import * as vscode from 'vscode';
import type { Prunable } from '../../lake/ledger-prune.ts';
import type { PruneReport } from '../../sync/prune-report.ts';
import { number, size } from '../format.ts';
import { code, document, escape, escapeAroundCode, table } from '../markdown.ts';

/** What would be deleted, or was. */
export function pruneMarkdown(report: PruneReport, name: string): string {
  const { org, before, kept, sources, dataDir } = report;
  const rows = sources.flatMap(({ source, raw, lake }) => [
    ...row(source, vscode.l10n.t('raw files'), raw),
    ...row(source, vscode.l10n.t('lake'), lake),
  ]);
  return document([
    `# ${escape(vscode.l10n.t('Prune {0}', name))}`,
    `**${verdict(report)}**`,
    `${code(org.orgId)} · ${vscode.l10n.t('events before {0}', before)}`,
    ...(rows.length === 0
      ? []
      : [
          table(
            [
              vscode.l10n.t('Source'),
              vscode.l10n.t('Layer'),
              vscode.l10n.t('Files'),
              vscode.l10n.t('Rows'),
              vscode.l10n.t('On disk'),
            ],
            rows,
            [2, 3, 4],
          ),
        ]),
    ...kept.map(({ source, from }) =>
      escapeAroundCode(
        vscode.l10n.t('{0} is kept from {1} on: that is how things are now, whatever its age.', code(source), from),
      ),
    ),
    `## ${vscode.l10n.t('Where the data lies')}`,
    code(dataDir),
  ]);
}

function row(source: string, layer: string, part: Prunable | null): string[][] {
  if (part === null || part.files === 0) return [];
  return [[code(source), layer, number(part.files), part.rows === null ? '–' : number(part.rows), size(part.bytes)]];
}

function verdict({ dryRun, files, bytes }: PruneReport): string {
  if (files === 0) return vscode.l10n.t('There is nothing that old.');
  const what = [number(files), size(bytes)] as const;
  return dryRun
    ? vscode.l10n.t('Would delete {0} files, {1}. Nothing was deleted.', ...what)
    : vscode.l10n.t('Deleted {0} files, {1}. The next sync does not fetch them again.', ...what);
}
