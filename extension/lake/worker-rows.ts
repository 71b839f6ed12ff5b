import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';

/** All rows of a statement of ours that answers few. */
export async function readRows(connection: DuckDBConnection, sql: string): Promise<DuckDBValue[][]> {
  return (await connection.runAndReadAll(sql)).getRows();
}

/** A count as a number; DuckDB's are bigints. */
export function numberOf(value: DuckDBValue | undefined): number {
  return typeof value === 'bigint' || typeof value === 'number' ? Number(value) : 0;
}

/** Milliseconds since the epoch as ISO 8601; null for NULL. */
export function isoTime(epochMs: DuckDBValue | undefined): string | null {
  return typeof epochMs === 'bigint' ? new Date(Number(epochMs)).toISOString() : null;
}
