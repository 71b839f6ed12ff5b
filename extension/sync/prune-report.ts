import type { Prunable } from '../lake/ledger-prune.ts';

export interface PrunedSource {
  readonly source: string;
  /** null where the layer was left out. */
  readonly raw: Prunable | null;
  readonly lake: Prunable | null;
}

export interface PruneReport {
  /** Nothing was deleted; this is what would be. */
  readonly dryRun: boolean;
  readonly org: { readonly orgId: string; readonly username: string | null };
  /** UTC date: events of earlier dates go. */
  readonly before: string;
  /** Sources of which days from an earlier date stay: they say how things are now. */
  readonly kept: readonly { readonly source: string; readonly from: string }[];
  readonly sources: readonly PrunedSource[];
  /** Of all files. */
  readonly files: number;
  readonly bytes: number;
  /** Files that an earlier prune or sync had left to be deleted. */
  readonly leftovers: number;
  /** The org's folder. */
  readonly dataDir: string;
}
