import path from 'node:path';
import * as vscode from 'vscode';
import type { HostBase } from '../host-base.ts';
import { COMMANDS } from '../ids.ts';
import { isLakeHere } from './lakes.ts';

/** A query that comes with Orgwatch, by id, or a file of the user's. */
export interface QueryItem {
  readonly label: string;
  readonly description?: string;
  readonly tooltip: string;
  readonly shipped?: string;
  readonly file?: vscode.Uri;
}

interface Group {
  readonly label: string;
  readonly items: QueryItem[];
}

type Node = Group | QueryItem;

const MOST_FILES = 500;

/**
 * The Queries view: those that come with Orgwatch, and the .sql files of the workspace that ask our tables. Empty until
 * there are events to ask.
 */
export class QueriesView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(host: HostBase) {
    const tell = (): void => this.#changed.fire();
    const watch = (pattern: string, isLookingInside: boolean): vscode.Disposable[] => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, !isLookingInside);
      return [watcher, watcher.onDidCreate(tell), watcher.onDidDelete(tell), watcher.onDidChange(tell)];
    };
    this.#subscriptions = [...watch('**/*.sql', true), ...watch('**/ledger.sqlite', false), host.changed.event(tell)];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if ('items' in node) return new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.Expanded);
    const item = new vscode.TreeItem(node.label);
    item.iconPath = new vscode.ThemeIcon(node.shipped === undefined ? 'file-code' : 'search');
    item.tooltip = node.tooltip;
    // Else a screen reader says the tooltip in place of the name.
    item.accessibilityInformation = { label: [node.label, node.description].filter(Boolean).join(', ') };
    if (node.description !== undefined) item.description = node.description;
    item.contextValue = 'query';
    item.command = { command: COMMANDS.openQuery, title: vscode.l10n.t('Open Query'), arguments: [node] };
    return item;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node !== undefined) return 'items' in node ? node.items : [];
    if (!(await isLakeHere())) return [];
    const [shipped, own] = await Promise.all([shippedItems(), ownQueries()]);
    if (own.length === 0) return shipped;
    return [
      { label: vscode.l10n.t('From Orgwatch'), items: shipped },
      { label: vscode.l10n.t('In This Workspace'), items: own },
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }
}

async function shippedItems(): Promise<QueryItem[]> {
  const { shippedQueries } = await import('../../insights/queries.ts');
  return shippedQueries.map(({ id, title, why }) => ({ label: title, tooltip: why, shipped: id }));
}

/** SQL for other databases is none of ours. */
async function ownQueries(): Promise<QueryItem[]> {
  const { namesTable } = await import('../../insights/table-names.ts');
  const files = await vscode.workspace.findFiles('**/*.sql', '**/node_modules/**', MOST_FILES);
  const items = await Promise.all(
    files.map(async (file): Promise<QueryItem[]> => {
      const sql = await vscode.workspace.fs.readFile(file).then(
        (bytes) => new TextDecoder().decode(bytes),
        () => '',
      );
      if (!namesTable(sql)) return [];
      const relative = vscode.workspace.asRelativePath(file);
      const folder = path.posix.dirname(relative);
      return [
        {
          label: path.posix.basename(relative),
          ...(folder === '.' ? {} : { description: folder }),
          tooltip: relative,
          file,
        },
      ];
    }),
  );
  return items.flat().sort((one, other) => one.tooltip.localeCompare(other.tooltip));
}
