import * as vscode from 'vscode';
import type { HostBase } from '../host-base.ts';
import { QUERY_SCHEME, SETTINGS } from '../ids.ts';
import type { LakeWorkers } from './lake-workers.ts';
import { registerQueriesView } from './queries-view.ts';
import { QueryDocuments } from './query-documents.ts';
import { SqlCompletion } from './sql-completion.ts';
import { SqlLenses } from './sql-lenses.ts';
import { SqlContext } from './sql-ours.ts';

/** The Queries view, and what SQL editors get where there is a lake. */
export function registerQueries(host: HostBase, workers: LakeWorkers): vscode.Disposable {
  const completion = new SqlCompletion(host, workers);
  const documents = new QueryDocuments();
  const sql: vscode.DocumentSelector = [{ language: 'sql' }, { scheme: QUERY_SCHEME }];
  return vscode.Disposable.from(
    registerQueriesView(host),
    completion,
    new SqlContext(),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTINGS.targetOrg)) host.changed.fire();
    }),
    vscode.workspace.registerTextDocumentContentProvider(QUERY_SCHEME, documents),
    vscode.languages.registerCodeLensProvider(sql, new SqlLenses(host)),
    vscode.languages.registerCompletionItemProvider(sql, completion, '.'),
  );
}
