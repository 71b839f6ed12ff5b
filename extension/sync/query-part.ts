import { t } from '@vscode/l10n';
import type { PullWindow } from '../lake/ledger-windows.ts';
import type { QueryPage } from '../org/door.ts';
import { snapshotQuery, type SnapshotPlace } from '../sources/soql-snapshot.ts';
import type { SnapshotSource, SourceField } from '../sources/source.ts';
import type { Portions } from './portions.ts';
import { provenanceOf } from './provenance.ts';
import { cutShort } from './pull-records.ts';
import { isRecord } from './read-page.ts';
import type { SourceRun } from './source-run.ts';

/** How far a snapshot has come: the last Id, the records so far, or the last value, as the paging has it. */
export type Reached = string | null;

/** A snapshot while it is pulled. */
export interface SnapshotPull {
  readonly run: SourceRun;
  readonly source: SnapshotSource;
  readonly window: PullWindow;
  /** Of the moment at which the snapshot was begun, ms. */
  readonly at: number;
  readonly portions: Portions;
  reached: Reached;
}

/** What a page means to a snapshot; undefined: it is not to be taken, and the query ends. */
type Progress =
  | {
      readonly reached: Reached;
      readonly isLast: boolean;
      /** The records that the answer has not brought cannot be had in any other way. */
      readonly isAllToBeHad?: boolean;
    }
  | undefined;

/**
 * Lands the pages of one query. `after` tells how far the snapshot has come with a page.
 * @returns false where fewer records came than the answer said; the snapshot then does not count as complete
 */
export async function queryPart(
  pull: SnapshotPull,
  fields: readonly SourceField[],
  place: SnapshotPlace,
  after: (page: QueryPage) => Progress,
): Promise<boolean> {
  const { run, source } = pull;
  const { door, signal } = run.parts;
  const options = { purpose: t('query {0}', source.object), onCall: run.onCall, signal };
  let left: number | undefined;
  for await (const page of door.query(snapshotQuery(source.object, fields, place), options)) {
    const progress = after(page);
    if (!progress) return false;
    left = (left ?? page.totalSize) - page.records.length;
    const isCut = page.done && left > 0 && progress.isAllToBeHad !== true;
    // Only Ids tell where to go on behind the last record; elsewhere the same query is to be put again.
    if (isCut && !('afterId' in place)) throw cutShort(source.object);
    await landPage(pull, page, progress.reached, progress.isLast && !isCut);
    pull.reached = progress.reached;
  }
  return (left ?? 0) <= 0;
}

async function landPage({ run, source, window, at }: SnapshotPull, page: QueryPage, reached: Reached, isLast: boolean) {
  const { ledger, storage, clock, signal } = run.parts;
  const rows = page.records.length;
  run.records += rows;
  run.see(page.records.filter(isRecord), source.owner);
  const span = { rows, eventFrom: at, eventTo: at };
  const provenance = provenanceOf(run, { page: { ...span, coversFrom: at, coversTo: at, isLast } });
  const landed = await storage.landPage(source.name, [at], page.bytes, { signal, provenance });
  ledger.transaction(() => {
    // The same answer on another day is another page.
    const identity = `${landed.sha256}@${String(at)}`;
    ledger.files.landPage({ ...landed, ...span, source: source.name, identity }, clock.now());
    ledger.windows.move(window.id, reached === null ? null : { time: at, id: reached }, isLast);
  });
  run.files++;
  run.bytes += landed.bytes;
  run.tell('fetch');
}
