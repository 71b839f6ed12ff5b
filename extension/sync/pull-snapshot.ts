import { t } from '@vscode/l10n';
import type { QueryPage } from '../org/door.ts';
import type { PullWindow } from '../lake/ledger-windows.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { presentFields } from '../sources/soql.ts';
import { snapshotQuery, type SnapshotPlace } from '../sources/soql-snapshot.ts';
import type { SnapshotPaging, SnapshotSource, SourceField } from '../sources/source.ts';
import { absentFields, learnAbsence } from './absent-fields.ts';
import { provenanceOf } from './provenance.ts';
import { cutShort, endlessLocator, isLostLocator, MOST_LOST, MOST_QUERIES } from './pull-records.ts';
import { isRecord } from './read-page.ts';
import type { SourceRun } from './source-run.ts';

/** How far a snapshot has come: the last Id, the records so far, or the last value, as the paging has it. */
type Reached = string | null;

interface Pull {
  readonly run: SourceRun;
  readonly source: SnapshotSource;
  readonly window: PullWindow;
  /** Of the moment at which the snapshot was begun, ms. */
  readonly at: number;
  reached: Reached;
}

/** Brings what is left of a snapshot to disk, page by page; a run that ends anywhere goes on behind the last page. */
export async function pullSnapshot(run: SourceRun, source: SnapshotSource, window: PullWindow): Promise<void> {
  const pull: Pull = { run, source, window, at: window.from ?? 0, reached: window.position?.id ?? null };
  for (let lost = 0, queries = 1; ; queries++) {
    const before = pull.reached;
    const fields = presentFields(source, absentFields(run));
    try {
      if (await pullRest(pull, fields)) return;
      if (pull.reached === before || queries >= MOST_QUERIES) throw cutShort(source.object);
    } catch (error) {
      if (!isLostLocator(error))
        learnAbsence(
          run,
          source,
          error,
          fields.map(({ name }) => name),
        );
      else {
        lost = pull.reached === before ? lost + 1 : 0;
        if (lost >= MOST_LOST || queries >= MOST_QUERIES) throw endlessLocator(source.object, error);
      }
    }
  }
}

/** @returns whether that was all; the records behind the last one have to be asked for again where the answer was cut short */
async function pullRest(pull: Pull, fields: readonly SourceField[]): Promise<boolean> {
  const { paging } = pull.source;
  switch (paging.by) {
    case 'id':
      return query(pull, fields, { afterId: pull.reached }, (page) => ({
        reached: page.records.findLast(hasId)?.Id ?? pull.reached,
        isLast: page.done,
      }));
    case 'offset':
      return pullByOffset(pull, fields, paging.most);
    case 'values':
      return pullByValues(pull, fields, paging);
  }
}

function hasId(entry: unknown): entry is { readonly Id: string } {
  return isRecord(entry) && typeof entry['Id'] === 'string' && /^[A-Za-z0-9]{15,18}$/.test(entry['Id']);
}

/** An org that answers full pages whatever the OFFSET would be asked for ever. */
const MOST_BY_OFFSET = 1_000_000;

function endlessSnapshot(object: string): OrgwatchError {
  return new OrgwatchError('RESPONSE_INVALID', t('The records of {0} do not come to an end.', object));
}

async function pullByOffset(pull: Pull, fields: readonly SourceField[], most: number): Promise<boolean> {
  for (let isLast = false; !isLast;) {
    const offset = Number(pull.reached ?? 0);
    await query(pull, fields, { offset }, (page) => {
      const count = Number(pull.reached ?? 0) + page.records.length;
      if (count > MOST_BY_OFFSET) throw endlessSnapshot(pull.source.object);
      isLast = page.done && count - offset < most;
      return { reached: String(count), isLast };
    });
  }
  return true;
}

async function pullByValues(
  pull: Pull,
  fields: readonly SourceField[],
  paging: SnapshotPaging & { by: 'values' },
): Promise<boolean> {
  const { ledger, worker, signal } = pull.run.parts;
  const { rows } = await worker.query(
    {
      sql: `SELECT coalesce(list(DISTINCT "${paging.column}" ORDER BY "${paging.column}"), []) FROM ${paging.source}`,
      units: ledger.units.published(),
    },
    signal,
  );
  const all = rows[0]?.[0];
  const left = (Array.isArray(all) ? all : [])
    .filter((value) => typeof value === 'string')
    .filter((value) => pull.reached === null || value > pull.reached);
  for (let from = 0; from < left.length; from += paging.most) {
    const values = left.slice(from, from + paging.most);
    await query(pull, fields, { values }, (page) => ({
      reached: page.done ? (values.at(-1) ?? null) : pull.reached,
      isLast: page.done && from + paging.most >= left.length,
    }));
  }
  if (left.length === 0) ledger.transaction(() => ledger.windows.move(pull.window.id, null, true));
  return true;
}

/**
 * Lands the pages of one query. `after` tells how far the snapshot has come with a page.
 * @returns false where fewer records came than the answer said; the snapshot then does not count as complete
 */
async function query(
  pull: Pull,
  fields: readonly SourceField[],
  place: SnapshotPlace,
  after: (page: QueryPage) => { readonly reached: Reached; readonly isLast: boolean },
): Promise<boolean> {
  const { run, source } = pull;
  const { door, signal } = run.parts;
  const options = { purpose: t('query {0}', source.object), onCall: run.onCall, signal };
  let left: number | undefined;
  for await (const page of door.query(snapshotQuery(source, fields, place), options)) {
    left = (left ?? page.totalSize) - page.records.length;
    const isCut = page.done && left > 0;
    // Only Ids tell where to go on behind the last record; elsewhere the same query is to be put again.
    if (isCut && !('afterId' in place)) throw cutShort(source.object);
    const { reached, isLast } = after(page);
    await landPage(pull, page, reached, isLast && !isCut);
    pull.reached = reached;
  }
  return (left ?? 0) <= 0;
}

async function landPage({ run, source, window, at }: Pull, page: QueryPage, reached: Reached, isLast: boolean) {
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
