import type { DuckDBConnection } from '@duckdb/node-api';

/** How often DuckDB is told again, in milliseconds: it forgets an interrupt that comes while no statement runs. */
const AGAIN = 50;

/** Does `work` on a connection; while it goes on after `signal` has aborted, each of its statements is interrupted. */
export async function interrupting<T>(
  connection: DuckDBConnection,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  let again: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    again = setTimeout(interrupt, AGAIN);
  };
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', interrupt);
    clearTimeout(again);
  }
}
