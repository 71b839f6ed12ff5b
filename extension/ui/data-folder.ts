import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { OrgwatchError } from '../shared/errors.ts';
import { askFolder } from './asked.ts';
import { dataDir } from './settings.ts';
import { isTrusted, requireTrust } from './trust.ts';

/**
 * The absolute folders that lakes may lie in: one for each workspace folder, or the one that is set; none before the
 * person trusts the workspace, so that nothing of it is opened. Asks nobody.
 */
export function dataFolders(): readonly string[] {
  if (!isTrusted()) return [];
  const folder = dataDir();
  if (folder === undefined) return [];
  if (path.isAbsolute(folder)) return [folder];
  return foldersOnDisk().map(({ uri }) => path.join(uri.fsPath, folder));
}

/** The workspace folders of this machine's file system. */
export function foldersOnDisk(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
}

/**
 * The absolute folder of the lakes: as set, a relative one inside the workspace folder; of several the one that holds
 * a data folder already, else the one that is picked.
 * @throws OrgwatchError USAGE without a workspace folder, without trust in it or where the setting leads out of it, CANCELLED when none of several was picked.
 */
export async function dataFolder(): Promise<string> {
  requireTrust();
  const folder = dataDir();
  if (folder === undefined) throw leadsOut();
  if (path.isAbsolute(folder)) return folder;
  return path.join((await workspaceFolder(folder)).uri.fsPath, folder);
}

async function workspaceFolder(dataDir: string): Promise<vscode.WorkspaceFolder> {
  const [first, ...others] = foldersOnDisk();
  if (first === undefined) {
    throw new OrgwatchError(
      'USAGE',
      vscode.l10n.t('Orgwatch keeps the events in your folder, and no folder is open.'),
      {
        actions: [vscode.l10n.t('Open the folder that shall hold them.')],
      },
    );
  }
  if (others.length === 0) return first;
  const [used, ...more] = [first, ...others].filter(({ uri }) => existsSync(path.join(uri.fsPath, dataDir)));
  if (used !== undefined && more.length === 0) return used;
  return askFolder(vscode.l10n.t('Which folder shall hold the events?'));
}

function leadsOut(): OrgwatchError {
  const message = vscode.l10n.t('The data folder that is set leads out of the workspace folder, or is no folder.');
  return new OrgwatchError('USAGE', message, {
    actions: [vscode.l10n.t('Set “orgwatch.dataDir” to a folder inside the workspace folder, or to an absolute one.')],
  });
}
