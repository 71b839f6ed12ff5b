import type { DuckDBConnection } from '@duckdb/node-api';
import { throwIfCancelled } from '../shared/abort.ts';
import { readOnlyStatement } from './query-gate.ts';
import { checkWidth, LARGEST_ANSWER, tooLarge } from './query-limits.ts';
import { lengthOf, queryValue } from './query-values.ts';
import { identifier, literal, literals } from './sql.ts';
import { bundleVariable, fileVariable, type LakeView } from './views-view.ts';
import type { WorkerQuery } from './worker-protocol.ts';
import type { QueryResult, QueryValue } from './worker.ts';

/** Makes the views that a statement needs, then runs it, if it only reads. */
export async function runQuery(
  connection: DuckDBConnection,
  query: WorkerQuery,
  signal: AbortSignal,
): Promise<QueryResult> {
  const result = await connection.stream(await prepareQuery(connection, query, signal));
  checkWidth(result.columnCount);
  const columns = result.columnNames().map((name, index) => ({ name, type: result.columnType(index).toString() }));
  const rows: QueryValue[][] = [];
  let passed = 0;
  let length = JSON.stringify(columns).length;
  for await (const chunk of result) {
    throwIfCancelled(signal);
    const from = Math.max(0, query.offset - passed);
    const wanted = query.limit - rows.length;
    const found = Math.max(0, chunk.rowCount - from);
    passed += chunk.rowCount;
    for (let row = from; row < from + Math.min(found, wanted); row++) {
      const values = chunk.getRowValues(row).map((value) => queryValue(value));
      for (const value of values) length += lengthOf(value, LARGEST_ANSWER) + 3;
      if (length > LARGEST_ANSWER) throw tooLarge();
      rows.push(values);
    }
    if (found > wanted) return { columns, rows, rowCount: rows.length, truncated: true };
  }
  // An interrupted stream may look like one that came to its end.
  throwIfCancelled(signal);
  return { columns, rows, rowCount: rows.length, truncated: false };
}

/** Makes the views that a statement needs; answers the statement, if it only reads. @throws OrgwatchError SQL_REJECTED, SQL_FAILED */
export async function prepareQuery(
  connection: DuckDBConnection,
  query: WorkerQuery,
  signal: AbortSignal,
): Promise<string> {
  const statement = await readOnlyStatement(connection, query.sql);
  for (const view of query.views) {
    throwIfCancelled(signal);
    await createView(connection, view);
  }
  return statement;
}

async function createView(connection: DuckDBConnection, view: LakeView): Promise<void> {
  if (view.files.length > 0) {
    await connection.run(`SET VARIABLE ${identifier(fileVariable(view.name))} = ${pathList(view.files)}`);
  }
  if (view.bundles !== undefined && view.bundles.length > 0) {
    await connection.run(`SET VARIABLE ${identifier(bundleVariable(view.name))} = ${pathList(view.bundles)}`);
  }
  await connection.run(`CREATE TEMP VIEW ${identifier(view.name)} AS ${view.sql}`);
}

/** SQL of a list of paths. One long text that is split takes a quarter of the time of thousands of literals. */
function pathList(paths: readonly string[]): string {
  return paths.some((path) => path.includes('\n'))
    ? literals(paths)
    : `string_split(${literal(paths.join('\n'))}, chr(10))`;
}
