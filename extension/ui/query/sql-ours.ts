import * as vscode from 'vscode';
import { EDITOR_CONTEXTS, QUERY_SCHEME } from '../ids.ts';
import { setContexts } from '../set-contexts.ts';
import { isLakeHere } from './lakes.ts';

const SQL = 'sql';

/**
 * Whether a SQL document is for us: one that Orgwatch opened, or, where there is a lake, one that names a table of ours.
 * All other SQL belongs to others, and is left alone.
 */
export async function isOurs(document: vscode.TextDocument): Promise<boolean> {
  if (document.uri.scheme === QUERY_SCHEME) return true;
  if (document.languageId !== SQL) return false;
  const { namesTable } = await import('../../insights/table-names.ts');
  return namesTable(document.getText()) && isLakeHere();
}

/** Keeps the context key true that the key binding and the editor's button hang on. */
export class SqlContext implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable[];

  constructor() {
    const look = (): void => void this.#look();
    this.#subscriptions = [
      vscode.window.onDidChangeActiveTextEditor(look),
      vscode.workspace.onDidGrantWorkspaceTrust(look),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document && document.languageId === SQL) look();
      }),
    ];
    look();
  }

  async #look(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    // A panel that takes the focus leaves the key as it is: the query is still what is worked on.
    if (document === undefined) return;
    await setContexts({ [EDITOR_CONTEXTS.sql]: document.languageId === SQL && (await isOurs(document)) });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
