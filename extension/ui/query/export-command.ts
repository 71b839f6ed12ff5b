import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExportedFile, ExportFormat } from '../../lake/worker.ts';
import { cancelled } from '../../shared/abort.ts';
import { OrgwatchError } from '../../shared/errors.ts';
import { askPick, asked } from '../asked.ts';
import { foldersOnDisk } from '../data-folder.ts';
import { number, size } from '../format.ts';
import type { Host } from '../host.ts';
import { notice } from '../plain.ts';
import { runCommand, withCancellableProgress } from '../run-command.ts';
import type { ResultPanel } from './result-panel.ts';

/** Orgwatch: Export. Writes the rows of the result that is looked at to a file. Answers its URI. */
export async function exportResult(host: Host): Promise<vscode.Uri | undefined> {
  return runCommand(host, vscode.l10n.t('Export'), async () => {
    const panel = host.results.active;
    if (panel?.result === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Run a query first; its rows can be exported.'));
      return undefined;
    }
    const target = await askTarget(panel.question.title);
    const title = vscode.l10n.t('Exporting {0}', panel.question.title);
    const written = await withCancellableProgress(title, (_show, signal) => write(panel, target, signal));
    void tell(written);
    return vscode.Uri.file(written.path);
  });
}

interface Target {
  readonly format: ExportFormat;
  readonly output: string;
}

async function askTarget(title: string): Promise<Target> {
  const folder = foldersOnDisk()[0]?.uri.fsPath ?? os.homedir();
  const name = title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-+|-+$/g, '') || 'rows';
  const formats: readonly (vscode.QuickPickItem & { readonly format: ExportFormat })[] = [
    {
      label: 'CSV',
      detail: vscode.l10n.t('For spreadsheets; text that would run as a formula is defused'),
      format: 'csv',
    },
    { label: 'Parquet', detail: vscode.l10n.t('For other tools for data; types are kept'), format: 'parquet' },
    { label: 'JSON', detail: vscode.l10n.t('One list of objects'), format: 'json' },
  ];
  const { label, format } = await askPick(formats, { title: vscode.l10n.t('Export As') });
  const uri = await asked(
    vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.file(path.join(folder, `${name}.${format}`)),
      filters: { [label]: [format] },
      saveLabel: vscode.l10n.t('Export'),
    }),
  );
  if (uri.scheme !== 'file') {
    throw new OrgwatchError('USAGE', vscode.l10n.t('Rows are written to files on disk only.'), {
      actions: [vscode.l10n.t('Pick a folder of this machine.')],
    });
  }
  return { format, output: uri.fsPath };
}

/** The rows that the grid has; where the query has more, all of them, run once more. */
async function write(panel: ResultPanel, target: Target, signal: AbortSignal): Promise<ExportedFile> {
  const { result, question } = panel;
  if (result === undefined) throw cancelled();
  const { kept, open } = result;
  if (!kept.truncated) return open.worker.export({ ...target, id: kept.id }, signal);
  const whole = await open.worker.keep({ ...(await open.request()), sql: question.sql }, signal);
  try {
    return await open.worker.export({ ...target, id: whole.id }, signal);
  } finally {
    await open.worker.drop(whole.id);
  }
}

async function tell({ path: file, rows, bytes }: ExportedFile): Promise<void> {
  const reveal = vscode.l10n.t('Open Folder of the File');
  const message = notice(vscode.l10n.t('{0}: {1} rows, {2}', path.basename(file), number(rows), size(bytes)));
  if ((await vscode.window.showInformationMessage(message, reveal)) === reveal) {
    await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(file));
  }
}
