import * as vscode from 'vscode';
import { fileName } from '../format.ts';
import { QUERY_SCHEME } from '../ids.ts';

/**
 * Read-only SQL documents: the queries that come with Orgwatch, by their id, and the SQL behind a bar of the dashboard.
 * The SQL is in the address, so that a document outlives the window that opened it.
 */
export class QueryDocuments implements vscode.TextDocumentContentProvider {
  provideTextDocumentContent(uri: vscode.Uri): string {
    return uri.query;
  }
}

/** Address of a document that shows this SQL under this title. */
export function queryUri(title: string, sql: string): vscode.Uri {
  return vscode.Uri.from({ scheme: QUERY_SCHEME, path: `/${fileName(title)}.sql`, query: sql });
}

/** Shows SQL read-only; where it is shown already, that editor. */
export async function showQuery(title: string, sql: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(queryUri(title, sql));
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
  return document;
}

/** A document of the user's own that starts with this SQL. */
export async function editQuery(sql: string): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'sql', content: sql }));
}

/** The title of a SQL document: its file name without the ending. */
export function titleOf(document: vscode.TextDocument): string {
  return (document.uri.path.split('/').at(-1) ?? '').replace(/\.sql$/i, '');
}
