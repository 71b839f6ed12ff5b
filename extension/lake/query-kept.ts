import { t } from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { throwIfCancelled } from '../shared/abort.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { Limiter } from '../shared/limiter.ts';
import { interrupting } from './interrupting.ts';
import { exportKept } from './query-export.ts';
import { prepareQuery } from './query-run.ts';
import { KEPT_TABLE } from './query-table.ts';
import { checkWidth, LARGEST_ANSWER, LONGEST_CELL, tooLarge } from './query-limits.ts';
import { lengthOf, queryValue } from './query-values.ts';
import type { WorkerQuery } from './worker-protocol.ts';
import type { ExportedFile, ExportJob, KeptPage, KeptResult, PageRequest, QueryColumn, QueryValue } from './worker.ts';

interface Kept {
  /** Its temporary table is on this connection only, and gone with it. */
  readonly connection: DuckDBConnection;
  readonly columns: readonly QueryColumn[];
  /** One read at a time: a stream ends without a word when its connection is asked something else. */
  readonly reads: Limiter;
}

/**
 * Results that are run once and read in pages. Each is a temporary table: in memory as far as the limit allows, else in
 * the worker's own folder for what does not fit, which goes with the worker.
 */
export class KeptResults {
  readonly #kept = new Map<string, Kept>();

  /** Runs a read on `lake` to its end, or to `query.limit` rows; they go to `store`. */
  async keep(
    lake: DuckDBInstance,
    store: DuckDBInstance,
    query: WorkerQuery,
    signal: AbortSignal,
  ): Promise<KeptResult> {
    const reading = await lake.connect();
    const connection = await store.connect();
    try {
      return await interrupting(reading, signal, () => this.#fill(reading, connection, query, signal));
    } catch (error) {
      connection.closeSync();
      throw error;
    } finally {
      reading.closeSync();
    }
  }

  async #fill(
    reading: DuckDBConnection,
    connection: DuckDBConnection,
    query: WorkerQuery,
    signal: AbortSignal,
  ): Promise<KeptResult> {
    const result = await reading.stream(await prepareQuery(reading, query, signal));
    checkWidth(result.columnCount);
    const types = result.columnTypes().map(String);
    await connection.run(
      `CREATE TEMP TABLE ${KEPT_TABLE} (${types.map((type, index) => `c${String(index)} ${type}`).join(', ')})`,
    );
    const appender = await connection.createAppender(KEPT_TABLE, 'main', 'temp');
    let rowCount = 0;
    let truncated = false;
    for await (const chunk of result) {
      throwIfCancelled(signal);
      appender.appendDataChunk(chunk);
      rowCount += chunk.rowCount;
      truncated = rowCount > query.limit;
      if (truncated) break;
    }
    // An interrupted stream may look like one that came to its end.
    throwIfCancelled(signal);
    appender.closeSync();
    if (truncated) {
      rowCount = query.limit;
      await connection.run(`DELETE FROM ${KEPT_TABLE} WHERE rowid >= ${whole(rowCount)}`);
    }
    const id = randomUUID();
    const columns = result.columnNames().map((name, index) => ({ name, type: types[index] ?? '' }));
    this.#kept.set(id, { connection, columns, reads: new Limiter(1) });
    return { id, columns, rowCount, truncated };
  }

  async page({ id, offset, limit }: PageRequest): Promise<KeptPage> {
    const sql = `SELECT * FROM ${KEPT_TABLE} WHERE rowid >= ${whole(offset)} AND rowid < ${whole(offset + limit)}`;
    const { connection, reads } = this.#find(id);
    return await reads.run(async () => {
      // The store keeps the order of rows; sorting them would take their size in memory once more.
      const result = await connection.stream(sql);
      const values: DuckDBValue[][] = [];
      for await (const chunk of result) values.push(...chunk.getRows());
      const cells = Math.max(1, values.length * result.columnCount);
      const shorter = Math.floor(LARGEST_ANSWER / cells / 2);
      const rows = rowsWithin(values, LONGEST_CELL, LARGEST_ANSWER) ?? rowsWithin(values, shorter, 2 * LARGEST_ANSWER);
      if (rows === undefined) throw tooLarge();
      return { offset, rows };
    });
  }

  async export(job: ExportJob, folder: string, signal: AbortSignal): Promise<ExportedFile> {
    const { connection, columns, reads } = this.#find(job.id);
    return await reads.run(async () => {
      throwIfCancelled(signal);
      return await interrupting(connection, signal, () => exportKept(connection, columns, job, folder));
    });
  }

  drop(id: string): null {
    this.#kept.get(id)?.connection.closeSync();
    this.#kept.delete(id);
    return null;
  }

  #find(id: string): Kept {
    const kept = this.#kept.get(id);
    if (kept) return kept;
    throw new OrgwatchError('LAKE_WORKER_FAILED', t('The result is gone with the process that held it.'), {
      actions: [t('Run the query again.')],
      retryable: true,
    });
  }
}

/** The rows with cells of at most `longest` characters; undefined where they are too much for one answer. */
function rowsWithin(values: readonly DuckDBValue[][], longest: number, largest: number): QueryValue[][] | undefined {
  const rows: QueryValue[][] = [];
  let length = 0;
  for (const row of values) {
    const cells = row.map((value) => queryValue(value, longest));
    for (const cell of cells) length += lengthOf(cell, largest);
    if (length > largest) return undefined;
    rows.push(cells);
  }
  return rows;
}

/** A row number as SQL; what is no whole number is row 0. */
function whole(value: number): string {
  return String(Math.max(0, Math.trunc(value) || 0));
}
