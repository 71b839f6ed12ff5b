import * as vscode from 'vscode';
import { cancelled } from '../shared/abort.ts';

/** What a person answered. @throws OrgwatchError CANCELLED when the question was left */
export async function asked<T>(answer: Thenable<T | undefined>): Promise<T> {
  const given = await answer;
  if (given === undefined) throw cancelled();
  return given;
}

/** What a person ticked of a list. @throws OrgwatchError CANCELLED when it was left, or nothing is ticked */
export async function ticked<T extends vscode.QuickPickItem>(
  items: readonly T[],
  title: string,
  placeHolder: string,
): Promise<readonly T[]> {
  const options = { title, placeHolder, canPickMany: true, ignoreFocusOut: true, matchOnDetail: true } as const;
  const picked = await asked(vscode.window.showQuickPick(items, options));
  if (picked.length === 0) throw cancelled();
  return picked;
}
