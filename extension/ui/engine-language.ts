import { config } from '@vscode/l10n';
import * as vscode from 'vscode';

/** Lets the engine, which knows nothing of VS Code, speak the language of VS Code: its words are in the same bundle. */
export function setEngineLanguage(): void {
  const { bundle } = vscode.l10n;
  if (bundle !== undefined) config({ contents: bundle });
}
