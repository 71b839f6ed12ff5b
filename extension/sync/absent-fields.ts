import { isRefusal, type SalesforceRefusal } from '../org/refusal.ts';
import { DAY } from '../shared/utc.ts';
import type { OptionalFields } from '../sources/source.ts';
import type { SourceRun } from './source-run.ts';

/** A field that was absent is asked for again after this long: a feature may have been switched on. */
const ABSENT_MS = 7 * DAY;

/** Fields that may be absent and, if Salesforce would name something else, what it names. */
export interface FieldGroup {
  readonly fields: readonly string[];
  readonly refusedAs?: string | undefined;
}

/** The optional fields that are still asked for. */
export function askedGroups(optional: readonly OptionalFields[], absent: ReadonlySet<string>): readonly FieldGroup[] {
  return optional
    .map(({ fields, refusedAs }) => ({ fields: fields.map(({ name }) => name), refusedAs }))
    .filter(({ fields }) => fields.some((name) => !absent.has(name)));
}

/** Which of the optional fields the org is known not to have. */
export function absentFields(run: SourceRun): ReadonlySet<string> {
  const { ledger, clock } = run.parts;
  return ledger.windows.absentFields(run.source, clock.now() - ABSENT_MS);
}

/**
 * Learns from a refused query which optional fields the org does not have, and remembers it. Salesforce says which one
 * only in the text of INVALID_FIELD; where the text names none of them, all are taken for absent.
 * @throws the error, when it is about anything else
 */
export function learnAbsence(run: SourceRun, error: unknown, asked: readonly FieldGroup[]): void {
  if (!isRefusal(error, 'INVALID_FIELD') || asked.length === 0) throw error;
  const named = asked.filter((group) => [group.refusedAs, ...group.fields].some((name) => mentions(error, name)));
  const absent = (named.length > 0 ? named : asked).flatMap((group) => group.fields);
  const { ledger, clock, log } = run.parts;
  log.info(`${run.source}: the org has no ${absent.join(', ')} for this user; asking without.`);
  ledger.transaction(() => ledger.windows.noteAbsent(run.source, absent, clock.now()));
}

/** Only what stands in quotes after the query itself names the culprit. */
function mentions(error: { readonly cause: SalesforceRefusal }, name: string | undefined): boolean {
  return name !== undefined && error.cause.message.includes(`'${name}'`);
}
