import { lakeViews } from './views-lake.ts';
import type { QueryRequest } from './worker.ts';

/** A view as the lake worker makes it. */
export interface LakeView {
  readonly name: string;
  /** The SELECT that it stands for; finds its files in the variable `fileVariable(name)`. */
  readonly sql: string;
  /** Absolute paths. */
  readonly files: readonly string[];
}

/** The DuckDB variable that holds the files of a view: a list of thousands of paths is slow to bind as SQL. */
export function fileVariable(view: string): string {
  return `files_of_${view}`;
}

/** What asks the catalogue rather than a view. */
const CATALOGUE =
  /^\s*(?:explain\s+)?(?:show|describe|desc)\b|\b(?:information_schema|pg_catalog|sqlite_master|duckdb_\w+|pragma_\w+)\b/i;

/**
 * The views that a statement needs, in the order in which they can be made. Views have lower-case names of letters,
 * digits and `_`, so that a view whose name is no word of the statement is not in it.
 */
export function neededViews({ sql, units, views = [] }: QueryRequest): readonly LakeView[] {
  const own = views.map(({ name, sql: definition }): LakeView => ({ name, sql: definition, files: [] }));
  const all = [...lakeViews(units), ...own];
  if (CATALOGUE.test(sql)) return all;
  const names = words(sql);
  const needed = [];
  // Views are defined on earlier ones only.
  for (const view of all.reverse()) {
    if (!names.has(view.name)) continue;
    needed.push(view);
    if (view.files.length === 0) for (const word of words(view.sql)) names.add(word);
  }
  return needed.reverse();
}

function words(sql: string): Set<string> {
  return new Set(sql.toLowerCase().match(/[a-z0-9_]+/g));
}
