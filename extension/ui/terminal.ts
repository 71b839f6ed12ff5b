import * as vscode from 'vscode';

/**
 * Puts a command of the Salesforce CLI into a terminal.
 * @param isRun false: the person looks at it and presses Enter
 */
export function typeInTerminal(command: string, isRun: boolean): void {
  const terminal = vscode.window.createTerminal({ name: 'Salesforce CLI' });
  terminal.show();
  terminal.sendText(command, isRun);
}
