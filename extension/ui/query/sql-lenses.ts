import * as vscode from 'vscode';
import type { HostBase } from '../host-base.ts';
import { COMMANDS, QUERY_SCHEME } from '../ids.ts';
import { label } from '../plain.ts';
import { isTrusted, MANAGE_TRUST } from '../trust.ts';
import { lakesHere, usualLake } from './lakes.ts';
import { isOurs } from './sql-ours.ts';

/** Above SQL that is ours: Run on the org, and for what is read-only a copy to change. */
export class SqlLenses implements vscode.CodeLensProvider {
  readonly #host: HostBase;
  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(host: HostBase) {
    this.#host = host;
    this.onDidChangeCodeLenses = host.changed.event;
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!(await isOurs(document))) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    const lens = (title: string, command: string, ...more: unknown[]): vscode.CodeLens =>
      new vscode.CodeLens(top, { title, command, arguments: [document.uri, ...more] });
    const copy = document.uri.scheme === QUERY_SCHEME ? [lens(vscode.l10n.t('Edit a Copy'), COMMANDS.newQuery)] : [];
    if (!isTrusted()) {
      const title = vscode.l10n.t('$(shield) Restricted Mode: trust this folder to run the query');
      return [new vscode.CodeLens(top, { title, command: MANAGE_TRUST }), ...copy];
    }
    const lakes = await lakesHere();
    const usual = await usualLake(this.#host, lakes);
    return [
      lens(
        usual ? vscode.l10n.t('$(play) Run on {0}', label(usual.org)) : vscode.l10n.t('$(play) Run'),
        COMMANDS.runQuery,
      ),
      ...(lakes.length > 1 ? [lens(vscode.l10n.t('Run on Another Org…'), COMMANDS.runQuery, 'ask')] : []),
      ...copy,
    ];
  }
}
