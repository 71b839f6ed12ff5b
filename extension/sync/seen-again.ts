import { startOf } from '../shared/utc.ts';
import type { RecordSource, Source } from '../sources/source.ts';
import { absentFields } from './absent-fields.ts';
import type { SourceRun } from './source-run.ts';
import { isRequired, unmetNeeds } from './unmet-needs.ts';

/**
 * Whether a snapshot of today may be poorer than one that is taken now: fields were absent that are asked for again, or
 * the account saw a part only and lacks nothing any more.
 */
export async function isToBeTakenAgain(run: SourceRun, source: Source): Promise<boolean> {
  return fieldsAskedAgain(run).length > 0 || (await seesAllAgain(run, source));
}

/**
 * To be called when all that was open has been pulled: opens a window over what came before, where it came without
 * fields that the org has by now, or without the records of others that the account sees by now.
 * @returns whether there is such a window
 */
export async function openWhatIsSeenAgain(run: SourceRun, source: RecordSource): Promise<boolean> {
  const { ledger } = run.parts;
  const fields = fieldsAskedAgain(run);
  const since = (await seesAllAgain(run, source)) ? ledger.absences.inPartSince(source.name) : undefined;
  if (fields.length === 0 && since === undefined) return false;
  const { eventFrom, eventTo } = ledger.units.totals(source.name);
  const to = ledger.windows.cursor(source.name)?.time ?? eventTo;
  const from = beginning(run, source, eventFrom, since);
  return ledger.transaction(() => {
    ledger.absences.forget(source.name, fields);
    ledger.absences.forgetInPart(source.name);
    if (to === null || (from !== null && from >= to)) return false;
    // Pages whose records are all known would be passed over.
    ledger.windows.forgetBefore(source.name, Number.MAX_SAFE_INTEGER);
    ledger.windows.add(source.name, from, to);
    return true;
  });
}

/** To be called when a source that is no source of records has been pulled whole: what was absent is there now. */
export function forgetAbsences(run: SourceRun): void {
  const { ledger } = run.parts;
  const fields = fieldsAskedAgain(run);
  if (fields.length > 0) ledger.transaction(() => ledger.absences.forget(run.source, fields));
}

/** Fields that are noted as absent and are asked for all the same; a refusal would have them noted as of now. */
function fieldsAskedAgain(run: SourceRun): readonly string[] {
  const left = absentFields(run);
  return run.parts.ledger.absences.fields(run.source).filter((field) => !left.has(field));
}

async function seesAllAgain(run: SourceRun, source: Source): Promise<boolean> {
  if (run.parts.ledger.absences.inPartSince(source.name) === undefined) return false;
  return (await unmetNeeds(run, source))?.some(isRequired) === false;
}

/** Where the first event lies, and where a first pull would have begun when the account saw a part; pruned days stay so. */
function beginning(
  run: SourceRun,
  source: RecordSource,
  eventFrom: number | null,
  since: number | undefined,
): number | null {
  if (source.backfill === undefined) return null;
  const starts = [
    ...(eventFrom === null ? [] : [eventFrom]),
    ...(since === undefined ? [] : [since - source.backfill]),
  ];
  const pruned = run.parts.ledger.scope.publishedFrom(source.name);
  return Math.max(Math.min(...starts), pruned === '' ? 0 : startOf(pruned));
}
