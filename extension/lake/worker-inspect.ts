import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { throwIfCancelled } from '../shared/abort.ts';
import { messageOf } from '../shared/errors.ts';
import type { ParquetColumns, ParquetFacts, Unreadable } from './proof.ts';
import { MISFIT_COUNT } from './publish-types.ts';
import { literal, literals } from './sql.ts';
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
    `SELECT filename, ${FACTS} FROM read_parquet(${literals(files)}, hive_partitioning = false, union_by_name = true,
       filename = true) AS file GROUP BY filename`,
  );
  return new Map(rows.map(([file, ...found]) => [String(file), factsOf(String(file), found)]));
}

async function inspectAlone(
  connection: DuckDBConnection,
  file: string,
  signal: AbortSignal,
): Promise<ParquetFacts | Unreadable> {
  try {
    const [found = []] = await readRows(connection, `SELECT ${FACTS} FROM ${parquet(file)} AS file`);
    return factsOf(file, found);
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

function parquet(file: string): string {
  return `read_parquet(${literal(file)}, hive_partitioning = false)`;
}

function factsOf(path: string, [rows, events, first, last, misfits]: readonly DuckDBValue[]): ParquetFacts {
  return {
    path,
    rows: numberOf(rows),
    events: numberOf(events),
    from: isoTime(first),
    to: isoTime(last),
    misfits: numberOf(misfits),
  };
}
