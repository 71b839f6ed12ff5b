import { t } from '@vscode/l10n';
import type { PullWindow } from '../lake/ledger-windows.ts';
import { isRefusal } from '../org/refusal.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { presentFields } from '../sources/soql.ts';
import type { SnapshotPaging, SnapshotSource, SourceField } from '../sources/source.ts';
import { absentFields, learnAbsence } from './absent-fields.ts';
import { Portions, isPerhapsTooMuch, isTooMuch } from './portions.ts';
import { pullByUsers } from './pull-by-users.ts';
import { cutShort, endlessLocator, isLostLocator, MOST_LOST, MOST_QUERIES } from './pull-records.ts';
import { queryPart, type SnapshotPull } from './query-part.ts';
import { isRecord } from './read-page.ts';
import type { SourceRun } from './source-run.ts';

/** A query without a limit asks for this much, as far as halving it goes. */
const UNLIMITED = 4000;

/** What takes too long even for so few records is no matter of their number. */
const FEWEST = 10;

/**
 * Brings what is left of a snapshot to disk, page by page; a run that ends anywhere goes on behind the last page.
 * @returns false where the snapshot has to be begun again, as it is to be asked for in another way
 */
export async function pullSnapshot(run: SourceRun, source: SnapshotSource, window: PullWindow): Promise<boolean> {
  const portions = new Portions(run);
  const reached = window.position?.id ?? null;
  const pull: SnapshotPull = { run, source, window, at: window.from ?? 0, portions, reached };
  for (let lost = 0, queries = 1; ; queries++) {
    const before = pull.reached;
    const fields = presentFields(source, absentFields(run));
    try {
      if (await pullRest(pull, fields)) return true;
      if (pull.reached === before || queries >= MOST_QUERIES) throw cutShort(source.object);
    } catch (error) {
      const isFurther = pull.reached !== before;
      if (isLostLocator(error)) {
        lost = isFurther ? 0 : lost + 1;
        if (lost >= MOST_LOST || queries >= MOST_QUERIES) throw endlessLocator(source.object, error);
      } else if (isTooMuch(error) || (isFurther && isPerhapsTooMuch(error))) {
        if (!isFurther) askForLess(pull, error);
      } else if (refusesOffset(pull, error)) {
        new Portions(run, offsetOf(source)).refuse(Number.MAX_SAFE_INTEGER);
        return false;
      } else {
        const asked = fields.map(({ name }) => name);
        learnAbsence(run, source, error, asked);
      }
    }
  }
}

/** @throws the error, where less than so little cannot be asked for */
function askForLess({ portions, source }: SnapshotPull, error: unknown): void {
  const asked = Math.min(portions.most, source.paging.by === 'id' ? UNLIMITED : source.paging.most);
  if (asked <= FEWEST) throw error;
  portions.refuse(asked);
}

/** @returns whether that was all; the records behind the last one have to be asked for again where the answer was cut short */
async function pullRest(pull: SnapshotPull, fields: readonly SourceField[]): Promise<boolean> {
  const { paging } = pull.source;
  switch (paging.by) {
    case 'id':
      return pullById(pull, fields);
    case 'offset':
      return takesNoOffset(pull) ? pullByUsers(pull, fields, paging) : pullByOffset(pull, fields, paging.most);
    case 'values':
      return pullByValues(pull, fields, paging);
  }
}

async function pullById(pull: SnapshotPull, fields: readonly SourceField[]): Promise<boolean> {
  for (;;) {
    const most = Math.floor(pull.portions.most);
    let count = 0;
    const isWhole = await queryPart(pull, fields, { afterId: pull.reached, most }, (page) => {
      count += page.records.length;
      return { reached: page.records.findLast(hasId)?.Id ?? pull.reached, isLast: page.done && count < most };
    });
    if (!isWhole) return false;
    pull.portions.answer(count);
    if (count < most) return true;
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

async function pullByOffset(pull: SnapshotPull, fields: readonly SourceField[], largest: number): Promise<boolean> {
  for (let isLast = false; !isLast;) {
    const most = Math.floor(Math.min(largest, pull.portions.most));
    const offset = Number(pull.reached ?? 0);
    await queryPart(pull, fields, { offset, most }, (page) => {
      const count = Number(pull.reached ?? 0) + page.records.length;
      if (count > MOST_BY_OFFSET) throw endlessSnapshot(pull.source.object);
      isLast = page.done && count - offset < most;
      return { reached: String(count), isLast };
    });
    pull.portions.answer(most);
  }
  return true;
}

/** Remembered as long as portions are: an org may take a larger OFFSET one day. */
function takesNoOffset({ run, source }: SnapshotPull): boolean {
  return new Portions(run, offsetOf(source)).most < Infinity;
}

/** Refused without an OFFSET, the snapshot would be begun again without end. */
function refusesOffset(pull: SnapshotPull, error: unknown): boolean {
  const { by } = pull.source.paging;
  return by === 'offset' && !takesNoOffset(pull) && isRefusal(error, 'NUMBER_OUTSIDE_VALID_RANGE');
}

function offsetOf({ name }: SnapshotSource): string {
  return `${name} OFFSET`;
}

async function pullByValues(
  pull: SnapshotPull,
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
  for (let from = 0; from < left.length;) {
    const most = Math.max(1, Math.floor(Math.min(paging.most, pull.portions.most)));
    const values = left.slice(from, from + most);
    await queryPart(pull, fields, { field: paging.field, values }, (page) => ({
      reached: page.done ? (values.at(-1) ?? null) : pull.reached,
      isLast: page.done && from + most >= left.length,
    }));
    pull.portions.answer(most);
    from += most;
  }
  if (left.length === 0) ledger.transaction(() => ledger.windows.move(pull.window.id, null, true));
  return true;
}
