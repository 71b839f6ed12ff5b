export interface QueryColumn {
  readonly name: string;
  /** DuckDB's name of the type, e.g. `TIMESTAMP`. */
  readonly type: string;
}

/** Numbers outside of the safe range are text, times ISO 8601 with Z, dates `2026-11-24`, blobs base64. */
export type QueryValue =
  string | number | boolean | null | readonly QueryValue[] | { readonly [name: string]: QueryValue };
