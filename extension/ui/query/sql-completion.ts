import * as vscode from 'vscode';
import { messageOf } from '../../shared/errors.ts';
import type { HostBase } from '../host-base.ts';
import { isTrusted } from '../trust.ts';
import type { LakeWorkers } from './lake-workers.ts';
import { lakeKey, lakesHere, usualLake, type Lake } from './lakes.ts';

interface Column {
  readonly name: string;
  readonly type: string;
}

type Tables = ReadonlyMap<string, readonly Column[]>;

const COLUMNS = `SELECT table_name, column_name, data_type FROM duckdb_columns()
  WHERE NOT internal ORDER BY table_name, column_index`;

/** Rows of COLUMNS: event types may have a hundred columns each. */
const MOST = 100_000;

/** Our tables, and the columns of those that the statement names. Nothing where there is no lake. */
export class SqlCompletion implements vscode.CompletionItemProvider, vscode.Disposable {
  readonly #host: HostBase;
  readonly #workers: LakeWorkers;
  readonly #known = new Map<string, Promise<Tables>>();
  readonly #subscription: vscode.Disposable;

  constructor(host: HostBase, workers: LakeWorkers) {
    this.#host = host;
    this.#workers = workers;
    this.#subscription = host.changed.event(() => this.#known.clear());
  }

  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position) {
    if (!isTrusted()) return [];
    const lakes = await lakesHere();
    const lake = (await usualLake(this.#host, lakes)) ?? lakes[0];
    if (lake === undefined) return [];
    const tables = await this.#tablesOf(lake).catch((error: unknown) => this.#nothing(error));
    const range = document.getWordRangeAtPosition(position);
    const before = document.getText(new vscode.Range(new vscode.Position(0, 0), range?.start ?? position));
    if (/\b(?:from|join|describe|summarize)\s+$/i.test(before)) return tableItems(tables);
    const words = new Set(document.getText().toLowerCase().match(/\w+/g));
    const named = [...tables].filter(([table]) => words.has(table));
    return [...columnItems(named), ...tableItems(tables)];
  }

  async #tablesOf(lake: Lake): Promise<Tables> {
    const key = lakeKey(lake);
    const known = this.#known.get(key);
    if (known) return known;
    const asked = this.#ask(lake);
    this.#known.set(key, asked);
    // What failed is asked again the next time.
    asked.catch(() => this.#known.delete(key));
    return asked;
  }

  /** Who completes a word is in the middle of another thing: that a lake cannot be asked is told when it is to answer. */
  #nothing(error: unknown): Tables {
    this.#host.log.warn(`Completion: ${messageOf(error)}`);
    return new Map();
  }

  async #ask(lake: Lake): Promise<Tables> {
    const open = await this.#workers.open(lake);
    try {
      const { rows } = await open.worker.query({ ...(await open.request()), sql: COLUMNS, limit: MOST });
      const tables = new Map<string, Column[]>();
      for (const [table, name, type] of rows as readonly (readonly [string, string, string])[]) {
        const columns = tables.get(table) ?? [];
        columns.push({ name, type });
        tables.set(table, columns);
      }
      return tables;
    } finally {
      open.dispose();
    }
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

function tableItems(tables: Tables): vscode.CompletionItem[] {
  return [...tables].map(([table, columns]) => {
    const item = new vscode.CompletionItem(table, vscode.CompletionItemKind.Struct);
    item.detail = vscode.l10n.t('{0} columns', columns.length);
    item.documentation = columns.map(({ name, type }) => `${name} ${type}`).join('\n');
    return item;
  });
}

/** One item a name, whichever tables have it. */
function columnItems(tables: readonly (readonly [string, readonly Column[]])[]): vscode.CompletionItem[] {
  const items = new Map<string, vscode.CompletionItem>();
  for (const [table, columns] of tables)
    for (const { name, type } of columns) {
      const item = items.get(name) ?? new vscode.CompletionItem({ label: name, description: table });
      item.kind = vscode.CompletionItemKind.Field;
      item.detail = type;
      item.sortText = `0${name}`;
      items.set(name, item);
    }
  return [...items.values()];
}
