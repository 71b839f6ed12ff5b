import type { Door } from '../org/door.ts';
import type { DeployProblem } from '../org/deploy.ts';
import { permissionDependencies, permissionsByLabel } from '../org/tooling-permissions.ts';
import { CONNECTOR_PERMISSIONS } from './connector.ts';
import { refusedByDoor } from './refusal.ts';

/** Steps from one permission to what it demands: more than any org is known to have. */
const MOST_STEPS = 5;

export interface Closure {
  readonly permissions: ReadonlySet<string>;
  /** Of the permissions, those that the org demands on top of the seed. */
  readonly added: readonly string[];
  /** Why the org could not be asked; the seed stands as it is then. */
  readonly notAsked?: string;
}

/**
 * The seed and all that it demands in this org, as far as the org knows it.
 * @param known user permissions that the org has; undefined when nobody told
 */
export async function closureOf(
  door: Door,
  seed: readonly string[],
  known: ReadonlySet<string> | undefined,
  signal?: AbortSignal,
): Promise<Closure> {
  const inOrg = (name: string): boolean => known === undefined || known.has(name);
  const permissions = new Set(seed.filter(inOrg));
  const start = new Set(permissions);
  try {
    let asked = [...permissions];
    for (let step = 0; asked.length > 0 && step < MOST_STEPS; step++) {
      const demanded = await permissionDependencies(door, asked, signal);
      asked = [...new Set([...demanded.values()].flatMap((names) => [...names]))].filter(
        (name) => !permissions.has(name) && /^\w+$/.test(name) && inOrg(name),
      );
      for (const name of asked) permissions.add(name);
    }
  } catch (error) {
    return { permissions, added: [], notAsked: refusedByDoor(error).reason };
  }
  return { permissions, added: [...permissions].filter((name) => !start.has(name)).sort() };
}

const DEPENDS = /depends on permission\(s\): ([^\n]+)/;
const UNKNOWN = /Unknown user permission: (\w+)/;

/**
 * The permissions to try next after a deploy was refused: with what it says is missing, without what the org does not
 * know. undefined when the refusal is about something else, or one of the six is unknown to the org.
 */
export async function mended(
  door: Door,
  permissions: ReadonlySet<string>,
  problems: readonly DeployProblem[],
  signal?: AbortSignal,
): Promise<ReadonlySet<string> | undefined> {
  const next = new Set(permissions);
  const labels = problems.flatMap(({ problem }) => DEPENDS.exec(problem)?.[1]?.split(', ') ?? []);
  if (labels.length > 0) {
    const byLabel = await permissionsByLabel(door, signal);
    for (const label of labels) next.add(byLabel.get(label.trim().toLowerCase()) ?? label.trim());
  }
  for (const { problem } of problems) {
    const unknown = UNKNOWN.exec(problem)?.[1];
    if (unknown === undefined) continue;
    if (CONNECTOR_PERMISSIONS.some(({ name }) => name === unknown)) return undefined;
    next.delete(unknown);
  }
  const same = next.size === permissions.size && [...next].every((name) => permissions.has(name));
  return same ? undefined : next;
}
