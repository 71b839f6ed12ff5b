import { lakeViews } from './views-lake.ts';
import type { LakeView } from './views-view.ts';
import type { QueryRequest } from './worker.ts';

/** What asks the catalogue rather than a view. No two parts of a pattern take the same spaces: that would be quadratic. */
const CATALOGUE =
  /^\s*(?:explain\s+)?show\b|\b(?:information_schema|pg_catalog|sqlite_master|duckdb_\w+|pragma_\w+)\b/i;
const DESCRIBE_ALL = /^\s*(?:explain\s+)?(?:describe|desc)(?:\s|;)*$/i;

/**
 * The views that a statement needs, in the order in which they can be made. Views have lower-case names of letters,
 * digits and `_`, so that a view whose name is no word of the statement is not in it.
 */
export function neededViews({ sql, units, views = [] }: QueryRequest): readonly LakeView[] {
  const everything = CATALOGUE.test(sql) || DESCRIBE_ALL.test(sql);
  const names = words(sql);
  const further: LakeView[] = [];
  // Views are defined on earlier ones only.
  for (const { name, sql: definition } of views.toReversed()) {
    if (!everything && !names.has(name)) continue;
    further.unshift({ name, sql: definition, files: [] });
    for (const word of words(definition)) names.add(word);
  }
  return [...lakeViews(units, (name) => everything || names.has(name)), ...further];
}

function words(sql: string): Set<string> {
  return new Set(sql.toLowerCase().match(/[a-z0-9_]+/g));
}
