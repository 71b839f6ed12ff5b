import { createHash } from 'node:crypto';
import type { LandedPage } from '../lake/ledger-files.ts';
import type { StoredFile } from '../lake/ledger-care.ts';
import type { QueryValue } from '../lake/worker.ts';
import { utcDate } from '../shared/utc.ts';
import { presentFields } from '../sources/soql.ts';
import type { RecordSource, SourceField } from '../sources/source.ts';
import type { RepairRun } from './repair-run.ts';

/** More than a response page holds. */
const MOST_ROWS = 100_000;

/**
 * Writes the rows that the lake has of a lost response page into a raw file of their own, so that they stay when their
 * dates are made anew and Salesforce no longer has them. The file says of itself that it is no evidence.
 * @param spoilt paths of units that cannot be read
 * @returns what landed; undefined when the lake has no row of the page
 */
export async function salvage(
  run: RepairRun,
  source: RecordSource,
  page: StoredFile,
  spoilt: ReadonlySet<string>,
): Promise<LandedPage | undefined> {
  const { ledger, storage, worker, signal, clock } = run.parts;
  const org = ledger.org();
  const from = utcDate(page.eventFrom ?? 0);
  const to = utcDate(page.eventTo ?? 0);
  const units = ledger.units
    .published()
    .filter((unit) => unit.source === source.name && unit.eventDate >= from && unit.eventDate <= to)
    .filter((unit) => !spoilt.has(unit.path));
  if (!org || units.length === 0) return undefined;
  const sql = `SELECT * FROM ${source.name} WHERE _raw_id = ${String(page.id)} ORDER BY event_time, event_key`;
  const { columns, rows } = await worker.query({ sql, units, limit: MOST_ROWS }, signal);
  if (rows.length === 0) return undefined;
  const fields = presentFields(source, new Set());
  const names = columns.map(({ name }) => name);
  const records = rows.map((row) => recordOf(fields, new Map(names.map((name, index) => [name, row[index] ?? null]))));
  const [eventFrom, eventTo] = [page.eventFrom ?? 0, page.eventTo ?? 0];
  const body = Buffer.from(JSON.stringify({ totalSize: records.length, done: true, records }));
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
  const path = `raw/${source.name}/${utcDate(eventFrom)}/salvaged-${hash}.json.zst`;
  const span = { rows: records.length, eventFrom, eventTo };
  const landed = await storage.land(path, [body], {
    signal,
    provenance: {
      ...org,
      source: source.name,
      landedAt: new Date(clock.now()).toISOString(),
      page: { ...span, coversFrom: eventFrom, coversTo: eventTo, salvaged: true },
    },
  });
  return { ...landed, ...span, source: source.name };
}

/** A row of the lake as Salesforce would send it. */
function recordOf(
  fields: readonly SourceField[],
  row: ReadonlyMap<string, QueryValue>,
): Readonly<Record<string, unknown>> {
  const text = row.get('_misfits');
  const misfits = typeof text === 'string' ? (JSON.parse(text) as Record<string, string>) : {};
  const record: Record<string, unknown> = {};
  for (const { name, type } of fields) {
    const column = name.replaceAll('.', '_');
    const value = row.get(column) ?? null;
    const isTime = type === 'timestamp' && typeof value === 'string';
    const sent = misfits[column] ?? (isTime ? new Date(value).toISOString().replace('Z', '+0000') : value);
    put(record, name.split('.'), sent);
  }
  return record;
}

function put(record: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) record[first] = value;
  else if (value !== null) put((record[first] ??= {}) as Record<string, unknown>, rest, value);
}
