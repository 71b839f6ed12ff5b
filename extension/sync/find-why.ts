import type { Need } from '../sources/needs.ts';
import type { Source } from '../sources/source.ts';
import { firstOf, needsOf, type Why } from './explain.ts';
import type { SourceRun } from './source-run.ts';
import { isRequired, unmetNeeds } from './unmet-needs.ts';

/** Why a source that was asked has nothing: a permission that is missing, or else that there is nothing. */
export async function whyEmpty(run: SourceRun, source: Source): Promise<Why> {
  const unmet = await unmetNeeds(run, source);
  if (unmet === undefined) return { because: 'nothing-seen' };
  return lacking(unmet) ?? { because: 'nothing' };
}

/**
 * Why the user sees a part of a source only, whatever came; undefined when it sees all, or that cannot be found out. The
 * ledger notes it: once all is seen, what came before is pulled again.
 */
export async function whyInPart(run: SourceRun, source: Source): Promise<Why | undefined> {
  const unmet = await unmetNeeds(run, source);
  const { ledger, clock } = run.parts;
  const required = unmet?.filter(isRequired);
  const why = lacking(required ?? []);
  const isNoted = ledger.absences.inPartSince(source.name) !== undefined;
  if (why && !isNoted) ledger.transaction(() => ledger.absences.noteInPart(source.name, clock.now()));
  if (required?.length === 0 && isNoted) ledger.transaction(() => ledger.absences.forgetInPart(source.name));
  if (unmet === undefined && run.seesOthers === false) return { because: 'only-own' };
  return why;
}

/** Why only records of the user itself came, where nothing but what the connector does without would show more. */
export async function whyOnlyOwn(run: SourceRun, source: Source): Promise<Why | undefined> {
  return lacking((await unmetNeeds(run, source)) ?? []);
}

/** True where the user sees a part only, or nothing, without it being known that there is nothing. */
export function isBlindness(source: Source, why: Why | undefined): boolean {
  if (why?.because === 'lacking') return needsOf(source, why.permissions).some(isRequired);
  return why?.because === 'nothing-seen' || why?.because === 'only-own';
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
