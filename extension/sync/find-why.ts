import type { Need } from '../sources/needs.ts';
import type { Source } from '../sources/source.ts';
import { firstOf, type Why } from './explain.ts';
import type { SourceRun } from './source-run.ts';
import { unmetNeeds } from './unmet-needs.ts';

/** Why a source that was asked has nothing: a permission that is missing, or else that there is nothing. */
export async function whyEmpty(run: SourceRun, source: Source): Promise<Why> {
  const unmet = await unmetNeeds(run, source);
  if (unmet === undefined) return { because: 'nothing-seen' };
  return lacking(unmet) ?? { because: 'nothing' };
}

/** Why only records of the user itself came; undefined when that is all there are. */
export async function whyOnlyOwn(run: SourceRun, source: Source): Promise<Why | undefined> {
  return lacking((await unmetNeeds(run, source)) ?? []);
}

/**
 * Why Salesforce refuses a source; undefined when its own words say all that is known.
 * @param isNotShown Salesforce says that there is no such object
 */
export async function whyRefused(run: SourceRun, source: Source, isNotShown: boolean): Promise<Why | undefined> {
  if (isNotShown && source.whenRefused !== undefined) return { because: 'switched-off' };
  return lacking((await unmetNeeds(run, source)) ?? []);
}

function lacking(needs: readonly Need[]): Why | undefined {
  return needs.length === 0
    ? undefined
    : { because: 'lacking', permissions: needs.flatMap(firstOf).map(({ name }) => name) };
}
