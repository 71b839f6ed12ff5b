import * as vscode from 'vscode';
import { cancelled } from '../shared/abort.ts';

/** A report that opens meanwhile takes the focus; the question stays. */
const STAYS = { ignoreFocusOut: true } as const;

/** What a person answered. @throws OrgwatchError CANCELLED when the question was left */
export async function asked<T>(answer: Thenable<T | undefined>): Promise<T> {
  const given = await answer;
  if (given === undefined) throw cancelled();
  return given;
}

/** What a person picked of a list. @throws OrgwatchError CANCELLED when it was left */
export async function askPick<T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: Omit<vscode.QuickPickOptions, 'canPickMany'>,
): Promise<T> {
  return asked(vscode.window.showQuickPick(items, { ...options, ...STAYS }));
}

/** What a person ticked of a list. @throws OrgwatchError CANCELLED when it was left, or nothing is ticked */
export async function ticked<T extends vscode.QuickPickItem>(
  items: readonly T[],
  title: string,
  placeHolder: string,
): Promise<readonly T[]> {
  const options = { title, placeHolder, canPickMany: true, matchOnDetail: true, ...STAYS } as const;
  const picked = await asked(vscode.window.showQuickPick(items, options));
  if (picked.length === 0) throw cancelled();
  return picked;
}

/** The workspace folder that a person picked. @throws OrgwatchError CANCELLED when the question was left */
export async function askFolder(placeHolder: string): Promise<vscode.WorkspaceFolder> {
  return asked(vscode.window.showWorkspaceFolderPick({ placeHolder, ...STAYS }));
}

/** What a person typed. @throws OrgwatchError CANCELLED when the question was left */
export async function askText(options: vscode.InputBoxOptions): Promise<string> {
  return asked(vscode.window.showInputBox({ ...options, ...STAYS }));
}
