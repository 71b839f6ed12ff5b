import * as vscode from 'vscode';
import { OrgwatchError } from '../shared/errors.ts';

/** VS Code's own page on which a person trusts the folder, or stops to. */
export const MANAGE_TRUST = 'workbench.trust.manage';

/**
 * Whether the person trusts this folder. Before that, nothing that lies in it is opened: a ledger, a raw file or a
 * Parquet file may be made to harm whoever reads it.
 */
export function isTrusted(): boolean {
  return vscode.workspace.isTrusted;
}

/** @throws OrgwatchError USAGE in a folder that is not trusted */
export function requireTrust(): void {
  if (!isTrusted()) throw new OrgwatchError('USAGE', restricted(), { actions: [trustFirst()] });
}

/** The one sentence that stands wherever something is not shown for lack of trust. */
export function restricted(): string {
  return vscode.l10n.t('Restricted Mode: Orgwatch opens nothing in this folder until you trust it.');
}

function trustFirst(): string {
  return vscode.l10n.t('Run “Workspaces: Manage Workspace Trust”.');
}

export function manageTrust(): Thenable<unknown> {
  return vscode.commands.executeCommand(MANAGE_TRUST);
}

/** Does the work now, or as soon as the folder is trusted. */
export function whenTrusted(work: () => void): vscode.Disposable {
  if (!isTrusted()) return vscode.workspace.onDidGrantWorkspaceTrust(work);
  work();
  return new vscode.Disposable(() => undefined);
}
