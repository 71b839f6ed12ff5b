import * as vscode from 'vscode';
import { OrgwatchError } from '../shared/errors.ts';
import { isPlainWord } from './terminal-words.ts';

/**
 * Puts a command of the Salesforce CLI into a terminal.
 * @param words plain ones alone: no shell takes them for anything else
 * @param isRun false: the person looks at it and presses Enter
 */
export function typeInTerminal(words: readonly string[], isRun: boolean): void {
  if (!words.every(isPlainWord)) throw new OrgwatchError('INTERNAL', `Not for a terminal: ${JSON.stringify(words)}`);
  const terminal = vscode.window.createTerminal({ name: 'Salesforce CLI' });
  terminal.show();
  terminal.sendText(words.join(' '), isRun);
}
