import * as vscode from 'vscode';
import type { OrgTarget } from './org-target.ts';

/** An item of a view with what lies below it. */
export interface Node {
  readonly item: vscode.TreeItem;
  readonly children: readonly Node[];
  readonly target?: OrgTarget | undefined;
  /** Name of the source that it stands for. */
  readonly source?: string;
  readonly prerequisiteId?: string;
}

export interface NodeText {
  /** Stable: VS Code keeps by it what is expanded and selected. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string | vscode.MarkdownString;
  readonly icon: string;
  /** Id of a theme colour. */
  readonly color?: string | undefined;
  readonly context?: string;
  readonly isOpen?: boolean;
}

/** What a screen reader says is what stands there. */
export function node(text: NodeText, children: readonly Node[] = [], more: Omit<Node, 'item' | 'children'> = {}): Node {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(text.label, children.length === 0 ? None : text.isOpen ? Expanded : Collapsed);
  item.id = text.id;
  item.iconPath = new vscode.ThemeIcon(text.icon, text.color ? new vscode.ThemeColor(text.color) : undefined);
  item.accessibilityInformation = { label: [text.label, text.description].filter(Boolean).join(', ') };
  if (text.description !== undefined) item.description = text.description;
  if (text.tooltip !== undefined) item.tooltip = text.tooltip;
  if (text.context !== undefined) item.contextValue = text.context;
  return { item, children, ...more };
}

/** Why something is as it is, and what to do: where a person who opened it reads it. */
export function noteNodes(id: string, reason: string | null | undefined, actions: readonly string[]): Node[] {
  const note = (key: string, label: string, icon: string): Node =>
    node({ id: `${id} ${key}`, label, tooltip: label, icon });
  return [
    ...(reason ? [note('reason', reason, 'info')] : []),
    ...actions.map((action, index) => note(`action ${index}`, action, 'lightbulb')),
  ];
}

/** A view whose items are made anew whenever it is refreshed. */
export class NodeTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #roots: () => Promise<readonly Node[]>;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(roots: () => Promise<readonly Node[]>) {
    this.#roots = roots;
  }

  refresh(): void {
    this.#changed.fire();
  }

  getTreeItem({ item }: Node): vscode.TreeItem {
    return item;
  }

  async getChildren(parent?: Node): Promise<Node[]> {
    return [...(parent?.children ?? (await this.#roots()))];
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
