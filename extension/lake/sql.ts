/** Writing SQL: the only ways in which a name or a value gets into a statement. */

/** A name as a quoted identifier. NUL, which would end the statement's text early, becomes U+FFFD. */
export function identifier(name: string): string {
  return `"${name.replaceAll('\0', '\uFFFD').replaceAll('"', '""')}"`;
}

/** A value as a text literal. A NUL cannot stand in one: it is put together with chr(0). */
export function literal(value: string): string {
  const parts = value.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts.join('') : `(${parts.join(' || chr(0) || ')})`;
}

/** Values as a list of text literals, `['a', 'b']`. */
export function literals(values: readonly string[]): string {
  return `[${values.map(literal).join(', ')}]`;
}

/** SQL that reads Parquet files as they are: nothing in the names of their folders is taken for a column. */
export function parquet(files: string | readonly string[], options: readonly string[] = []): string {
  const source = typeof files === 'string' ? literal(files) : literals(files);
  return `read_parquet(${[source, 'hive_partitioning = false', ...options].join(', ')})`;
}
