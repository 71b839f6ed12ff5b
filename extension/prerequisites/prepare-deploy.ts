import { t } from '@vscode/l10n';
import type { Door } from '../org/door.ts';
import { deploy, type DeployedComponent, type DeployOutcome } from '../org/deploy.ts';
import type { Component } from '../org/deploy-package.ts';
import { counted, list } from '../shared/wording.ts';
import { closureOf, mended, type Closure } from './prepare-closure.ts';
import { permissionsByLabel } from '../org/tooling-permissions.ts';
import { refusedByDoor } from './refusal.ts';
import { caseOf } from './refusal-remedies.ts';
import { facts } from './wording.ts';

/** Deploys again that a refusal may cost: after that Salesforce's words are for a person. */
const MOST_ROUNDS = 2;

export interface FittingDeploy {
  readonly door: Door;
  /** Permissions to start from; none where the files hold none. */
  readonly seed: readonly string[];
  readonly known: ReadonlySet<string> | undefined;
  readonly files: (permissions: ReadonlySet<string>) => readonly Component[];
  readonly checkOnly: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface Deployed {
  readonly succeeded: boolean;
  /** What came of it, for a person. */
  readonly result: string;
}

/** Deploys files whose permissions fit this org: as it says itself, or as its refusals teach in at most two rounds. */
export async function deployFitting(options: FittingDeploy): Promise<Deployed> {
  const { door, seed, known, files, checkOnly, signal } = options;
  const closure = await closureOf(door, seed, known ?? (await permissionsOfOrg(door, seed, signal)), signal);
  let { permissions } = closure;
  for (let round = 0; ; round++) {
    const outcome = await deploy(door, { components: files(permissions) }, { checkOnly, signal });
    if (outcome.succeeded) return { succeeded: true, result: describe(outcome, closure, permissions) };
    const next = round < MOST_ROUNDS ? await mended(door, permissions, outcome.problems, signal) : undefined;
    if (next === undefined) return { succeeded: false, result: describeFailure(outcome) };
    permissions = next;
  }
}

/** What user permissions the org has, asked only where permissions are deployed; undefined when nobody tells. */
async function permissionsOfOrg(
  door: Door,
  seed: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string> | undefined> {
  if (seed.length === 0) return undefined;
  try {
    return new Set((await permissionsByLabel(door, signal)).values());
  } catch (error) {
    refusedByDoor(error);
    return undefined;
  }
}

const DEPLOYED: Readonly<Record<DeployedComponent['what'], (name: string) => string>> = {
  created: (name) => t('{0} created', name),
  changed: (name) => t('{0} changed', name),
  deleted: (name) => t('{0} deleted', name),
  unchanged: (name) => t('{0} unchanged', name),
};

function describe(outcome: DeployOutcome, closure: Closure, permissions: ReadonlySet<string>): string {
  const parts = outcome.components.map(({ fullName, what }) => DEPLOYED[what](fullName));
  const learnt = [...permissions].filter((name) => !closure.permissions.has(name)).sort();
  const more = [...closure.added, ...learnt];
  return facts(
    list(parts),
    permissions.size === 0 ? '' : counted(permissions.size, 'permission'),
    more.length === 0 ? '' : t('this org demands besides: {0}', more.join(', ')),
  );
}

function describeFailure({ problems, status }: DeployOutcome): string {
  const words = [...new Set(problems.map(({ fullName, problem }) => `${fullName}: ${problem}`))];
  const found = problems.map(({ problem }) => caseOf({ code: 'QUERY_REJECTED', reason: problem })).find(Boolean);
  const said = words.join(' ') || status;
  return found === undefined ? said : t('{0} ({1}: {2})', said, found.means(), found.remedy());
}
