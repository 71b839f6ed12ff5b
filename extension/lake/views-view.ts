/** A view as the lake worker makes it. */
export interface LakeView {
  readonly name: string;
  /** The SELECT that it stands for; finds its files in the variable `fileVariable(name)`. */
  readonly sql: string;
  /** Absolute paths. */
  readonly files: readonly string[];
  /** Absolute paths of bundles; `bundleVariable(name)`. */
  readonly bundles?: readonly string[];
  /** Absolute paths of bundles that the SQL itself names, as it reads a part of each. */
  readonly partial?: readonly string[];
}

/** The DuckDB variable that holds the files of a view: thousands of paths within its SQL would be bound with each use. */
export function fileVariable(view: string): string {
  return `files_of_${view}`;
}

/** The same for bundles. */
export function bundleVariable(view: string): string {
  return `bundles_of_${view}`;
}
