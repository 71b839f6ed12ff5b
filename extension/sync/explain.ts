import type { NamedPermission, Need } from '../sources/needs.ts';
import type { Source } from '../sources/source.ts';
import type { SourceRun } from './source-run.ts';
import { unmetNeeds } from './unmet-needs.ts';

export interface Explanation {
  readonly reason: string;
  readonly actions: readonly string[];
}

/** Why a source that was asked has nothing: a permission that is missing, or else that there is nothing. */
export async function whyEmpty(run: SourceRun, source: Source): Promise<Explanation> {
  const unmet = await unmetNeeds(run, source);
  if (unmet === undefined) return { reason: [source.whenEmpty(), ...source.needs.map(mayNeed)].join(' '), actions: [] };
  return lacking(unmet) ?? { reason: source.whenEmpty(), actions: [] };
}

/** Why only records of the user itself came; undefined when that is all there are. */
export async function whyOnlyOwn(run: SourceRun, source: Source): Promise<Explanation | undefined> {
  return lacking((await unmetNeeds(run, source)) ?? []);
}

/** Why Salesforce refuses a source; undefined when its own words say all that is known. */
export async function whyRefused(run: SourceRun, source: Source): Promise<Explanation | undefined> {
  if (source.whenRefused === undefined) return lacking((await unmetNeeds(run, source)) ?? []);
  return { reason: source.whenRefused(), actions: ['Run `orgwatch verify`: it says how to switch it on.'] };
}

function lacking(needs: readonly Need[]): Explanation | undefined {
  if (needs.length === 0) return undefined;
  return {
    reason: needs
      .map(({ anyOf, costs }) => `This user lacks ${either(anyOf)}: ${costs()} stay out of sight.`)
      .join(' '),
    actions: [
      `Give the user the permission ${either(
        needs.flatMap(({ anyOf }) => anyOf.slice(0, 1)),
        'and',
      )}; \`orgwatch verify\` shows how.`,
    ],
  };
}

function mayNeed({ anyOf, costs }: Need): string {
  return `Or the user may not see it: without ${either(anyOf)}, ${costs()} stay out of sight.`;
}

function either(permissions: readonly NamedPermission[], word = 'or'): string {
  const labels = permissions.map(({ label }) => label);
  return labels.length < 2 ? labels.join('') : `${labels.slice(0, -1).join(', ')} ${word} ${String(labels.at(-1))}`;
}
