import * as vscode from 'vscode';
import { cancelled } from '../../shared/abort.ts';
import type { Host } from '../host.ts';
import { runCommand } from '../run-command.ts';
import type { QueryRef } from '../tree.ts';
import { pickLake, type Lake } from './lakes.ts';
import { editQuery, showQuery, titleOf } from './query-documents.ts';

const STARTER = `SELECT event_time, user_name, action, object, client_ip, country, outcome, detail
FROM activities
WHERE event_date >= current_date - 7
ORDER BY event_time DESC
LIMIT 1000
`;

/** Orgwatch: New Query. Starts with the document that is given, or with one that shows how it goes. */
export async function newQuery(host: Host, argument?: unknown): Promise<void> {
  await runCommand(host, vscode.l10n.t('New Query'), async () => {
    const from = argument instanceof vscode.Uri ? await vscode.workspace.openTextDocument(argument) : undefined;
    await editQuery(from?.getText() ?? STARTER);
  });
}

/** Opens an item of the Queries view. */
export async function openQuery(host: Host, argument?: unknown): Promise<void> {
  await runCommand(host, vscode.l10n.t('Open Query'), async () => {
    await open(queryOf(argument));
  });
}

/**
 * Orgwatch: Run Query. Runs the given document, item of the Queries view, or what is in the active editor; the rows come
 * beside it.
 * @param mode `ask` to pick the org, or the lake to ask
 */
export async function runQuery(host: Host, argument?: unknown, mode?: unknown): Promise<void> {
  await runCommand(host, vscode.l10n.t('Run Query'), async () => {
    const document = await documentOf(argument);
    const sql = selected(document) ?? document.getText();
    const lake = isLake(mode) ? mode : await pickLake(host, mode === 'ask');
    await host.results.show({ key: document.uri.toString(), title: titleOf(document), sql, lake });
  });
}

/** Orgwatch: Cancel Query. */
export async function cancelQuery(host: Host): Promise<void> {
  host.results.active?.cancel();
}

function isLake(mode: unknown): mode is Lake {
  return typeof mode === 'object' && mode !== null && 'dataDir' in mode && 'orgId' in mode;
}

async function documentOf(argument: unknown): Promise<vscode.TextDocument> {
  if (argument instanceof vscode.Uri) return vscode.workspace.openTextDocument(argument);
  if (argument !== undefined) return open(queryOf(argument));
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId === 'sql') return document;
  throw cancelled();
}

/** The query that an item of the Queries view stands for. */
function queryOf(argument: unknown): QueryRef {
  const query = (argument as { readonly query?: QueryRef } | null | undefined)?.query;
  if (query === undefined) throw cancelled();
  return query;
}

async function open(ref: QueryRef): Promise<vscode.TextDocument> {
  if ('file' in ref) {
    const document = await vscode.workspace.openTextDocument(ref.file);
    await vscode.window.showTextDocument(document);
    return document;
  }
  const { shippedQuery } = await import('../../insights/queries.ts');
  const { asSqlText } = await import('../../insights/query.ts');
  const query = shippedQuery(ref.shipped);
  if (query === undefined) throw cancelled();
  return showQuery(query.title, asSqlText(query));
}

/** What is selected in the document's editor; undefined when nothing is. */
function selected(document: vscode.TextDocument): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document !== document || editor.selection.isEmpty) return undefined;
  return document.getText(editor.selection);
}
