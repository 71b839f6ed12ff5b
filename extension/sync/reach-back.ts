import { t } from '@vscode/l10n';
import { HOUR, MINUTE, startOf, utcMinute } from '../shared/utc.ts';
import type { EventLogSource, RecordSource } from '../sources/source.ts';
import type { Gap } from './coverage.ts';
import type { Ledger } from '../lake/ledger.ts';
import type { SourceRun } from './source-run.ts';

/** How far back a run goes. Times in ms since 1970. */
export interface Reach {
  /** Where a first pull begins; null: at the beginning. */
  readonly begin: number | null;
  /** What lies before all that was asked for so far, where more is asked for now. */
  readonly older?: Gap;
  /** What is open before this time is not asked for now. */
  readonly notBefore?: number;
}

/**
 * How far back a source is to be pulled, by what its user says and by what was asked for before. A longer span brings the
 * older part as well, once; a shorter one takes nothing away.
 * @param isFirst whether nothing was ever asked for
 */
export function reachBack(run: SourceRun, source: RecordSource | EventLogSource, isFirst: boolean): Reach {
  const { ledger, clock, beginning } = run.parts;
  const now = clock.now();
  const asked = beginning(source.name);
  // What has no backfill is not events but things as they are: all of them, however old.
  const backfill = source.kind === 'event-log' ? Infinity : source.backfill;
  const begin = backfill === undefined ? null : (asked ?? (backfill === Infinity ? null : now - backfill));
  const known = ledger.spans.beginning(source.name);
  if (isFirst || !known) {
    // A lake of before this was noted begins where its first event is.
    ledger.spans.begin(source.name, isFirst ? begin : (ledger.spans.earliest(source.name) ?? begin), now);
  }
  const reached = ledger.spans.beginning(source.name);
  if (isFirst || !reached || reached.time === null || asked === undefined || backfill === undefined) return { begin };
  const older = olderPart(ledger, source.name, asked);
  if (older) return { begin, older };
  const span = now - asked;
  const notBefore = shorterFrom(ledger, source.name, asked, now);
  const isShorter = notBefore !== undefined;
  const isPruned = asked < reached.time - MINUTE;
  if ((isShorter || isPruned) && Math.abs((reached.told ?? 0) - span) > HOUR) {
    ledger.spans.tell(source.name, span);
    run.remarks.push(
      isShorter
        ? t('Events from {0} UTC on stay in the lake: a shorter span takes nothing away.', utcMinute(reached.time))
        : t('What was pruned is not fetched again, whatever the span.'),
    );
  }
  return isShorter ? { begin, notBefore } : { begin };
}

/** Where a span begins that is shorter than the one that was asked for before; undefined for any other. */
export function shorterFrom(
  ledger: Ledger,
  source: string,
  asked: number | undefined,
  now: number,
): number | undefined {
  const reached = ledger.spans.beginning(source);
  if (asked === undefined || !reached || reached.time === null) return undefined;
  const isShorter = asked > reached.time + HOUR && now - asked < reached.notedAt - reached.time - HOUR;
  return isShorter ? asked : undefined;
}

/** What lies before all that a source was asked for so far, and was not pruned; undefined where that is not asked for. */
export function olderPart(ledger: Ledger, source: string, asked: number | undefined): Gap | undefined {
  const known = ledger.spans.beginning(source);
  const to = known ? known.time : ledger.spans.earliest(source);
  if (asked === undefined || to === null || to === undefined) return undefined;
  const unpruned = ledger.scope.publishedFrom(source);
  const from = Math.max(asked, unpruned === '' ? Number.NEGATIVE_INFINITY : startOf(unpruned));
  return from < to - MINUTE ? { from, to } : undefined;
}
