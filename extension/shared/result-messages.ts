/** What the result grid and the extension tell each other. Types only: both sides import it. */

import type { QueryColumn, QueryValue } from './query-value.ts';

export type { QueryColumn as GridColumn, QueryValue as GridValue };

export type ResultState =
  /** A window was reloaded, or the result is gone for another reason: it can be had again. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'running'; readonly since: number }
  | {
      readonly kind: 'done';
      readonly run: number;
      readonly columns: readonly QueryColumn[];
      readonly rowCount: number;
      /** True when there are more rows than are kept. */
      readonly truncated: boolean;
      readonly milliseconds: number;
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string; readonly actions: readonly string[] };

/** Rows and columns of a selection, each the first and the last one. */
export interface GridRange {
  readonly rows: readonly [number, number];
  readonly columns: readonly [number, number];
}

/** Extension → webview. */
export type ToResult =
  | { readonly type: 'state'; readonly org: string; readonly state: ResultState; readonly keep: ResultMemory }
  | {
      readonly type: 'page';
      readonly run: number;
      readonly offset: number;
      readonly rows: readonly (readonly QueryValue[])[];
    };

/** Webview → extension. */
export type FromResult =
  | { readonly type: 'ready' }
  | { readonly type: 'page'; readonly run: number; readonly offset: number; readonly limit: number }
  | { readonly type: 'copy'; readonly run: number; readonly range: GridRange }
  | { readonly type: 'run' }
  | { readonly type: 'cancel' }
  | { readonly type: 'export' };

/** What is needed to run again after the window was reloaded. */
export interface ResultMemory {
  readonly title: string;
  readonly sql: string;
  readonly orgId: string;
}

/** Words of the grid, translated by the extension. */
export type ResultWords = Readonly<
  Record<
    | 'running'
    | 'cancel'
    | 'cancelled'
    | 'runAgain'
    | 'gone'
    | 'export'
    | 'copy'
    | 'rows'
    | 'oneRow'
    | 'firstRows'
    | 'noRows'
    | 'took'
    | 'failed'
    | 'grid'
    | 'rowNumber',
    string
  >
>;
