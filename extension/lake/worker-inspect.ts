import type { DuckDBConnection } from '@duckdb/node-api';
import { throwIfCancelled } from '../shared/abort.ts';
import { MISFIT_COUNT } from './publish-types.ts';
import { literal } from './sql.ts';
import type { ParquetFacts, Unreadable } from './proof.ts';
import { isoTime, numberOf, readRows } from './worker-rows.ts';

/** Reads Parquet files of the lake from end to end. See LakeWorker.inspect. */
export async function inspectParquet(
  connection: DuckDBConnection,
  files: readonly string[],
  signal: AbortSignal,
): Promise<(ParquetFacts | Unreadable)[]> {
  const facts: (ParquetFacts | Unreadable)[] = [];
  for (const file of files) {
    try {
      facts.push(await inspect(connection, file));
    } catch (error) {
      throwIfCancelled(signal);
      const [problem = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      facts.push({ path: file, problem });
    }
  }
  return facts;
}

async function inspect(connection: DuckDBConnection, file: string): Promise<ParquetFacts> {
  const from = `read_parquet(${literal(file)}, hive_partitioning = false)`;
  const described = await readRows(connection, `DESCRIBE FROM ${from}`);
  const columns = Object.fromEntries(described.map(([name, type]) => [String(name), String(type)]));
  const eventType = Object.hasOwn(columns, 'event_type') ? 'any_value(event_type)' : 'NULL';
  // The hash of whole rows is there so that every page of the file has to be decoded.
  const [row] = await readRows(
    connection,
    `SELECT count(*), count(DISTINCT event_key), epoch_ms(min(event_time)), epoch_ms(max(event_time)),
       ${MISFIT_COUNT}, ${eventType}, bit_xor(hash(file)) FROM ${from} AS file`,
  );
  const [rows, events, first, last, misfits, type] = row ?? [];
  return {
    path: file,
    rows: numberOf(rows),
    events: numberOf(events),
    from: isoTime(first),
    to: isoTime(last),
    misfits: numberOf(misfits),
    eventType: typeof type === 'string' ? type : null,
    columns,
  };
}
