import { t } from '@vscode/l10n';
import { isRefusal } from '../org/refusal.ts';
import { DAY } from '../shared/utc.ts';
import { list } from '../shared/wording.ts';
import { EVENT_LOG_KEY, HOURLY_FIELDS } from '../sources/soql.ts';
import type { Source } from '../sources/source.ts';
import { namedFields } from './named-fields.ts';
import type { SourceRun } from './source-run.ts';

/** A field that was absent is asked for again after this long: a feature or a permission may be there by now. */
const ABSENT_MS = DAY;

/**
 * Which fields of a source the org is known not to have for this user. Whatever Verify or Prepare ran since may have
 * changed that. A Verify that is later than now ran while the clock was ahead: nothing could be noted after it.
 */
export function absentFields({ source, parts: { ledger, clock } }: SourceRun): ReadonlySet<string> {
  const now = clock.now();
  const verified = ledger.verifications.span()?.last ?? 0;
  return ledger.windows.absentFields(source, Math.max(now - ABSENT_MS, verified > now ? 0 : verified));
}

/**
 * Learns from a refused query which field the org does not have for this user, and remembers it: the field that the
 * refusal names, and no other. What a record cannot be without is never left out.
 * @param asked the fields of the query, as SOQL names them
 * @throws the error, when it is about anything else
 */
export function learnAbsence(run: SourceRun, source: Source, error: unknown, asked: readonly string[]): void {
  if (!isRefusal(error, 'INVALID_FIELD')) throw error;
  const needed = neededFields(source);
  const absent = namedFields(error.cause, source.object, asked).filter((name) => !needed.has(name));
  if (absent.length === 0) throw error;
  const { ledger, clock, log } = run.parts;
  log.info(`${run.source}: the org has no ${absent.join(', ')} for this user; asking without.`);
  ledger.transaction(() => ledger.windows.noteAbsent(run.source, absent, clock.now()));
}

/**
 * What there is to say of the fields that a source always has elsewhere, and that were left out; empty when none was. That
 * an org without hourly event log files has no fields for them is as it should be.
 */
export function leftOutText(run: SourceRun, source: Source): string {
  const absent = absentFields(run);
  const optional = new Set(source.kind === 'event-log' ? [] : source.optional.flatMap(namesOf));
  const missing = [...absent].filter((name) => !optional.has(name) && !HOURLY_FIELDS.includes(name));
  if (missing.length === 0) return '';
  return t('The org has no {0} for this user: left out, and asked for again within a day.', list(missing));
}

function namesOf({ fields }: { readonly fields: readonly { readonly name: string }[] }): readonly string[] {
  return fields.map(({ name }) => name);
}

/** The fields that tell a record from another and in which order they come. */
function neededFields(source: Source): ReadonlySet<string> {
  switch (source.kind) {
    case 'records':
      return new Set(['Id', source.timeField, ...source.key]);
    case 'snapshot':
      return new Set([
        ...(source.paging.by === 'id' ? ['Id'] : []),
        ...(source.paging.by === 'values' ? [source.paging.field] : []),
        ...(source.owner === undefined ? [] : [source.owner]),
        ...source.key,
      ]);
    case 'event-log':
      return new Set(EVENT_LOG_KEY);
  }
}
