import * as vscode from 'vscode';
import { setLanguage } from '../shared/language.ts';

/** Lets the engine, which knows nothing of VS Code, speak the language of VS Code: its words are in the same bundle. */
export function setEngineLanguage(): void {
  const bundle = vscode.l10n.uri?.fsPath;
  setLanguage({ tag: vscode.env.language, ...(bundle === undefined ? {} : { bundle }) });
}
