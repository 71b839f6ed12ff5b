import * as vscode from 'vscode';
import { SETTINGS } from './ids.ts';
import { targetOrg } from './settings.ts';

/** The org that commands work with without asking: what the settings say. */
export class SelectedOrg {
  #writing: Promise<void> = Promise.resolve();

  /** Keeps the org in the workspace's settings; without a workspace, in the user's. */
  async select(org: string): Promise<void> {
    this.#writing = write(org);
    await this.#writing;
  }

  /** Alias, username or id; undefined: ask. VS Code takes seconds to write settings: who asks meanwhile waits for it. */
  async read(): Promise<string | undefined> {
    await this.#writing.catch(() => undefined);
    return targetOrg();
  }
}

async function write(org: string): Promise<void> {
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const where = vscode.workspace.workspaceFolders === undefined ? Global : Workspace;
  await vscode.workspace.getConfiguration().update(SETTINGS.targetOrg, org, where);
}
