import { t } from '@vscode/l10n';
import { either, list, sentences } from '../shared/wording.ts';
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
  if (unmet === undefined) return { reason: sentences(source.whenEmpty(), ...source.needs.map(mayNeed)), actions: [] };
  return lacking(unmet) ?? { reason: source.whenEmpty(), actions: [] };
}

/** Why only records of the user itself came; undefined when that is all there are. */
export async function whyOnlyOwn(run: SourceRun, source: Source): Promise<Explanation | undefined> {
  return lacking((await unmetNeeds(run, source)) ?? []);
}

/** Why Salesforce refuses a source; undefined when its own words say all that is known. */
export async function whyRefused(run: SourceRun, source: Source): Promise<Explanation | undefined> {
  if (source.whenRefused === undefined) return lacking((await unmetNeeds(run, source)) ?? []);
  return { reason: source.whenRefused(), actions: [t('Run `orgwatch verify`: it says how to switch it on.')] };
}

function lacking(needs: readonly Need[]): Explanation | undefined {
  if (needs.length === 0) return undefined;
  const wanted = needs.flatMap(({ anyOf }) => anyOf.slice(0, 1));
  return {
    reason: sentences(
      ...needs.map(({ anyOf, costs }) =>
        t('This user lacks {0}: {1} stay out of sight.', either(labelsOf(anyOf)), costs()),
      ),
    ),
    actions: [t('Give the user the permission {0}; `orgwatch verify` shows how.', list(labelsOf(wanted)))],
  };
}

function mayNeed({ anyOf, costs }: Need): string {
  return t('Or the user may not see it: without {0}, {1} stay out of sight.', either(labelsOf(anyOf)), costs());
}

function labelsOf(permissions: readonly NamedPermission[]): readonly string[] {
  return permissions.map(({ label }) => label);
}
