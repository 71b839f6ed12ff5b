/** What the dashboard and the extension tell each other. Types only: both sides import it. */

/** Days back from now, or everything. */
export type Range = '1' | '7' | '30' | '60' | 'all';

/** One row of a series: its label (null: it has none), then its numbers. */
export interface Bar {
  readonly bucket: string | null;
  readonly numbers: readonly number[];
}

export interface ChartShape {
  readonly id: string;
  readonly title: string;
  readonly kind: 'time' | 'rank';
  /** Names of the numbers of a bar. */
  readonly measures: readonly string[];
  /** What the buckets are: the table's first column. */
  readonly label: string;
  /** What buckets are called where their own name is not for people. */
  readonly names: Readonly<Record<string, string>>;
  /** What stands for a bucket without a name. */
  readonly unnamed: string;
}

export interface SourceFreshness {
  readonly title: string;
  /** `2 hours ago`. */
  readonly age: string;
  readonly rows: number;
  readonly tone: 'good' | 'old' | 'bad';
  /** What the tone means, in words. */
  readonly note: string;
}

export interface Allocation {
  readonly max: number;
  /** Calls of all applications in the last 24 hours, Orgwatch's aside. */
  readonly others: number;
  readonly own: number;
  readonly reserve: number;
  /** When Salesforce told it, for a person. */
  readonly seen: string;
}

/** Extension → webview. */
export type ToDashboard =
  | { readonly type: 'asking'; readonly range: Range }
  | { readonly type: 'series'; readonly id: string; readonly range: Range; readonly bars: readonly Bar[] }
  | { readonly type: 'failed'; readonly id: string; readonly range: Range; readonly message: string }
  | { readonly type: 'standing'; readonly sources: readonly SourceFreshness[]; readonly allocation: Allocation | null };

/** Webview → extension. */
export type FromDashboard =
  | { readonly type: 'ready' }
  | { readonly type: 'range'; readonly range: Range }
  | { readonly type: 'refresh' }
  | { readonly type: 'open'; readonly id: string; readonly bucket: string | null };

/** Words of the dashboard, translated by the extension. */
export interface DashboardWords {
  readonly charts: readonly ChartShape[];
  readonly ranges: readonly { readonly range: Range; readonly label: string }[];
  readonly words: Readonly<
    Record<
      | 'title'
      | 'range'
      | 'refresh'
      | 'loading'
      | 'nothing'
      | 'asTable'
      | 'asChart'
      | 'showRows'
      | 'allocation'
      | 'freshness'
      | 'source'
      | 'synced'
      | 'events'
      | 'own'
      | 'others'
      | 'reserve'
      | 'free'
      | 'noAllocation'
      | 'seen'
      | 'total',
      string
    >
  >;
}
