/** An org that a tree item stands for: commands that are run from the tree get the item as their first argument. */
export interface OrgTarget {
  /** Alias or username, for `sf`. */
  readonly org: string;
  readonly orgId: string;
  /** Folder of lakes that holds this org's; undefined before the first sync. */
  readonly dataDir: string | undefined;
}

/** The org that a command was run on; undefined when it was not run from a tree. */
export function targetOf(argument: unknown): OrgTarget | undefined {
  return (argument as { target?: OrgTarget } | undefined | null)?.target;
}

/** The source that a command was run on, by name. */
export function sourceOf(argument: unknown): string | undefined {
  return (argument as { source?: string } | undefined | null)?.source;
}
