import * as vscode from 'vscode';
import { line } from './plain.ts';
import type { OrgTarget } from './org-target.ts';

/** An item of a view with what lies below it. */
export interface Node {
  readonly item: vscode.TreeItem;
  readonly children: readonly Node[];
  readonly target?: OrgTarget | undefined;
  /** Name of the source that it stands for. */
  readonly source?: string;
  readonly prerequisiteId?: string;
  readonly query?: QueryRef;
}

/** A query that comes with Orgwatch, by id, or a file of the user's. */
export type QueryRef = { readonly shipped: string } | { readonly file: vscode.Uri };

export interface NodeText {
  /** Stable: VS Code keeps by it what is expanded and selected. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string | vscode.MarkdownString;
  readonly icon?: string;
  /** Id of a theme colour. */
  readonly color?: string | undefined;
  readonly context?: string;
  readonly isOpen?: boolean;
  /** What a click does. */
  readonly command?: vscode.Command;
}

/** What a screen reader says is what stands there. */
export function node(text: NodeText, children: readonly Node[] = [], more: Omit<Node, 'item' | 'children'> = {}): Node {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(line(text.label), children.length === 0 ? None : text.isOpen ? Expanded : Collapsed);
  item.id = text.id;
  const color = text.color ? new vscode.ThemeColor(text.color) : undefined;
  if (text.icon !== undefined) item.iconPath = new vscode.ThemeIcon(text.icon, color);
  item.accessibilityInformation = { label: [text.label, text.description].filter(Boolean).join(', ') };
  if (text.description !== undefined) item.description = line(text.description);
  if (text.tooltip !== undefined) item.tooltip = text.tooltip;
  if (text.context !== undefined) item.contextValue = text.context;
  if (text.command !== undefined) item.command = text.command;
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

/**
 * A view whose items are made anew whenever it is refreshed, once it can be seen. VS Code hears of those alone that
 * changed: whatever it is told to read again, it does not know meanwhile, and a click there would reach a command
 * without its item.
 */
export class NodeTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly view: vscode.TreeView<Node>;
  readonly #changed = new vscode.EventEmitter<Node[] | undefined>();
  readonly #make: () => Promise<readonly Node[]>;
  /** As VS Code was told; undefined as long as it has not asked. */
  #roots: Promise<readonly Node[]> | undefined;
  #isStale = false;
  #isUpdating = false;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(id: string, showCollapseAll: boolean, make: () => Promise<readonly Node[]>) {
    this.#make = make;
    this.view = vscode.window.createTreeView(id, { treeDataProvider: this, showCollapseAll });
    this.view.onDidChangeVisibility(() => void this.#update());
  }

  refresh(): void {
    this.#isStale = true;
    void this.#update();
  }

  getTreeItem({ item }: Node): vscode.TreeItem {
    return item;
  }

  async getChildren(parent?: Node): Promise<Node[]> {
    return [...(parent?.children ?? (await (this.#roots ??= this.#make())))];
  }

  dispose(): void {
    this.view.dispose();
    this.#changed.dispose();
  }

  async #update(): Promise<void> {
    if (this.#isUpdating) return;
    this.#isUpdating = true;
    try {
      while (this.#isStale && this.view.visible && this.#roots !== undefined) {
        this.#isStale = false;
        const shown = await this.#roots;
        const changed: Node[] = [];
        const roots = merge(shown, await this.#make(), changed);
        this.#roots = Promise.resolve(roots);
        if (!isSameList(shown, roots)) this.#changed.fire(undefined);
        else if (changed.length > 0) this.#changed.fire(changed);
      }
    } catch {
      // VS Code asks, and shows why there is nothing to show.
      this.#roots = undefined;
      this.#changed.fire(undefined);
    } finally {
      this.#isUpdating = false;
    }
  }
}

/**
 * The nodes that were made, each as the object that VS Code knows by the same id, where there is one.
 * @param changed takes the topmost of those that differ from what is shown
 */
function merge(shown: readonly Node[], made: readonly Node[], changed: Node[]): readonly Node[] {
  const known = new Map(shown.map((each) => [each.item.id, each]));
  return made.map((fresh) => {
    const kept = known.get(fresh.item.id);
    if (kept === undefined) return fresh;
    const below: Node[] = [];
    const children = merge(kept.children, fresh.children, below);
    const isSame = looks(kept.item) === looks(fresh.item) && isSameList(kept.children, children);
    changed.push(...(isSame ? below : [kept]));
    return Object.assign(kept, fresh, { children });
  });
}

function isSameList(some: readonly Node[], others: readonly Node[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}

/** All that is seen of an item; MarkdownString hides its text from JSON. */
function looks(item: vscode.TreeItem): string {
  const { tooltip } = item;
  return JSON.stringify([item, tooltip instanceof vscode.MarkdownString ? tooltip.value : undefined]);
}
