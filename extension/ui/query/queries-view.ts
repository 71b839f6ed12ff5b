import path from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';

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

/** The Queries view: those that come with Orgwatch, and the .sql files of the workspace that ask our tables. */
export class QueriesView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #watcher = vscode.workspace.createFileSystemWatcher('**/*.sql');
  readonly onDidChangeTreeData = this.#changed.event;

  constructor() {
    const tell = (): void => this.#changed.fire();
    this.#watcher.onDidCreate(tell);
    this.#watcher.onDidDelete(tell);
    this.#watcher.onDidChange(tell);
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
    const [shipped, own] = await Promise.all([shippedItems(), ownQueries()]);
    if (own.length === 0) return shipped;
    return [
      { label: vscode.l10n.t('From Orgwatch'), items: shipped },
      { label: vscode.l10n.t('In This Workspace'), items: own },
    ];
  }

  dispose(): void {
    this.#watcher.dispose();
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
