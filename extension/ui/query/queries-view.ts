import path from 'node:path';
import * as vscode from 'vscode';
import type { HostBase } from '../host-base.ts';
import { COMMANDS, VIEWS } from '../ids.ts';
import { node, NodeTree, type Node, type NodeText, type QueryRef } from '../tree.ts';
import { whenTrusted } from '../trust.ts';
import { isLakeHere } from './lakes.ts';

const MOST_FILES = 500;

/** Larger files are dumps of other databases, and none is read to find out. */
const MOST_BYTES = 1_000_000;

/**
 * The Queries view: those that come with Orgwatch, and the .sql files of the workspace that ask our tables. Empty until
 * there are events to ask, and before the person trusts the folder.
 */
export function registerQueriesView(host: HostBase): vscode.Disposable {
  const tree = new NodeTree(VIEWS.queries, false, queryNodes);
  const refresh = (): void => tree.refresh();
  const watch = (pattern: string, isLookingInside: boolean): vscode.Disposable => {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, !isLookingInside);
    const told = [watcher.onDidCreate(refresh), watcher.onDidDelete(refresh), watcher.onDidChange(refresh)];
    return vscode.Disposable.from(watcher, ...told);
  };
  const watching: vscode.Disposable[] = [];
  const start = whenTrusted(() => {
    watching.push(watch('**/*.sql', true), watch('**/ledger.sqlite', false));
    refresh();
  });
  const end = new vscode.Disposable(() => watching.forEach((each) => void each.dispose()));
  return vscode.Disposable.from(tree, start, end, host.changed.event(refresh));
}

async function queryNodes(): Promise<readonly Node[]> {
  if (!(await isLakeHere())) return [];
  const [shipped, own] = await Promise.all([shippedNodes(), ownNodes()]);
  if (own.length === 0) return shipped;
  return [
    node({ id: 'shipped', label: vscode.l10n.t('From Orgwatch'), isOpen: true }, shipped),
    node({ id: 'own', label: vscode.l10n.t('In This Workspace'), isOpen: true }, own),
  ];
}

function queryNode(text: Omit<NodeText, 'context' | 'command'>, query: QueryRef): Node {
  const command = { command: COMMANDS.openQuery, title: vscode.l10n.t('Open Query'), arguments: [{ query }] };
  return node({ ...text, context: 'query', command }, [], { query });
}

async function shippedNodes(): Promise<Node[]> {
  const { shippedQueries } = await import('../../insights/queries.ts');
  return shippedQueries.map(({ id, title, why }) =>
    queryNode({ id, label: title, tooltip: why, icon: 'search' }, { shipped: id }),
  );
}

/** SQL for other databases is none of ours. */
async function ownNodes(): Promise<Node[]> {
  const { namesTable } = await import('../../insights/table-names.ts');
  const files = await vscode.workspace.findFiles('**/*.sql', '**/node_modules/**', MOST_FILES);
  const nodes = await Promise.all(
    files
      .sort((one, other) => one.path.localeCompare(other.path))
      .map(async (file): Promise<Node[]> => {
        if (!namesTable(await sqlOf(file))) return [];
        const relative = vscode.workspace.asRelativePath(file);
        const folder = path.posix.dirname(relative);
        const label = path.posix.basename(relative);
        const description = folder === '.' ? {} : { description: folder };
        const text = { id: file.toString(), label, ...description, tooltip: relative, icon: 'file-code' };
        return [queryNode(text, { file })];
      }),
  );
  return nodes.flat();
}

/** Nothing where it cannot be read, is no file or is too large. */
async function sqlOf(file: vscode.Uri): Promise<string> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(file);
    if ((type & vscode.FileType.File) === 0 || size > MOST_BYTES) return '';
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return '';
  }
}
