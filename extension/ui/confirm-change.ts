import * as vscode from 'vscode';
import { asked } from './asked.ts';

/**
 * The last question before an org is changed. Where a dry run is wanted, it comes first, and then the question again.
 * @param yes the button that says so
 * @throws OrgwatchError CANCELLED, and what the dry run throws
 */
export async function confirmChange(
  question: string,
  detail: string,
  yes: string,
  tryOut: () => Promise<unknown>,
): Promise<void> {
  const dryRun = vscode.l10n.t('Dry Run');
  const ask = async (...buttons: readonly string[]): Promise<string> =>
    asked(vscode.window.showWarningMessage(question, { modal: true, detail }, ...buttons));
  if ((await ask(yes, dryRun)) === yes) return;
  await tryOut();
  await ask(yes);
}
