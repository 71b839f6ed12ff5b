import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { throwIfCancelled } from '../shared/abort.ts';
import { messageOf } from '../shared/errors.ts';
import { BUNDLE_COLUMNS } from './bundle-columns.ts';
import type { BundleFacts, ParquetColumns, ParquetFacts, Unreadable } from './proof.ts';
import { MISFIT_COUNT } from './publish-types.ts';
import { parquet } from './sql.ts';
import { isoTime, numberOf, readRows } from './worker-rows.ts';

/** What every published file has. The hash of whole rows is there so that every page of a file has to be decoded. */
const FACTS = `count(*), count(DISTINCT event_key), epoch_ms(min(event_time)), epoch_ms(max(event_time)),
  ${MISFIT_COUNT}, bit_xor(hash(file))`;

/** Reads Parquet files of the lake from end to end. See LakeWorker.inspect. */
export async function inspectParquet(
  connection: DuckDBConnection,
  files: readonly string[],
  signal: AbortSignal,
): Promise<(ParquetFacts | Unreadable)[]> {
  const together = await inspectTogether(connection, files).catch(() => new Map<string, ParquetFacts>());
  const facts: (ParquetFacts | Unreadable)[] = [];
  for (const file of files) {
    throwIfCancelled(signal);
    facts.push(together.get(file) ?? (await inspectAlone(connection, file, signal)));
  }
  return facts;
}

/** One statement for all files; a file without rows is not in its answer, and one that cannot be read makes it fail. */
async function inspectTogether(
  connection: DuckDBConnection,
  files: readonly string[],
): Promise<ReadonlyMap<string, ParquetFacts>> {
  const rows = await readRows(
    connection,
    `SELECT filename, ${FACTS} FROM ${parquet(files, ['union_by_name = true', 'filename = true'])} AS file
     GROUP BY filename`,
  );
  return new Map(rows.map(([file, ...found]) => [String(file), { path: String(file), ...factsOf(found) }]));
}

function inspectAlone(
  connection: DuckDBConnection,
  file: string,
  signal: AbortSignal,
): Promise<ParquetFacts | Unreadable> {
  return orUnreadable(file, signal, async () => {
    const [found = []] = await readRows(connection, `SELECT ${FACTS} FROM ${parquet(file)} AS file`);
    return { path: file, ...factsOf(found) };
  });
}

/** Reads a bundle from end to end: what it holds of each unit. See LakeWorker.inspectBundle. */
export function inspectBundle(
  connection: DuckDBConnection,
  file: string,
  signal: AbortSignal,
): Promise<BundleFacts | Unreadable> {
  return orUnreadable(file, signal, async () => {
    const { columns, eventType } = await describeParquet(connection, file);
    const own = Object.entries(columns).filter(([name]) => !Object.hasOwn(BUNDLE_COLUMNS, name));
    const units = await readRows(
      connection,
      `SELECT event_date::VARCHAR, _part, ${FACTS} FROM ${parquet(file)} AS file GROUP BY event_date, _part`,
    );
    return {
      path: file,
      eventType,
      columns: Object.fromEntries(own),
      units: units.map(([eventDate, part, ...found]) => ({
        eventDate: String(eventDate),
        part: String(part),
        ...factsOf(found),
      })),
    };
  });
}

/** What reading a file comes to, or why it cannot be read. */
async function orUnreadable<T>(file: string, signal: AbortSignal, read: () => Promise<T>): Promise<T | Unreadable> {
  try {
    return await read();
  } catch (error) {
    throwIfCancelled(signal);
    const [problem = ''] = messageOf(error).split('\n');
    return { path: file, problem };
  }
}

/** The columns of a Parquet file, and the event type that its rows carry. See LakeWorker.describe. */
export async function describeParquet(connection: DuckDBConnection, file: string): Promise<ParquetColumns> {
  const described = await readRows(connection, `DESCRIBE FROM ${parquet(file)}`);
  const columns = Object.fromEntries(described.map(([name, type]) => [String(name), String(type)]));
  if (!Object.hasOwn(columns, 'event_type')) return { columns, eventType: null };
  const [row] = await readRows(connection, `SELECT any_value(event_type) FROM ${parquet(file)}`);
  return { columns, eventType: typeof row?.[0] === 'string' ? row[0] : null };
}

function factsOf([rows, events, first, last, misfits]: readonly DuckDBValue[]): Omit<ParquetFacts, 'path'> {
  return {
    rows: numberOf(rows),
    events: numberOf(events),
    from: isoTime(first),
    to: isoTime(last),
    misfits: numberOf(misfits),
  };
}
