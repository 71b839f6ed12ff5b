import type { Ledger } from '../lake/ledger.ts';
import type { Source } from '../sources/source.ts';
import type { SourceReport, SourceState } from './report.ts';

/** States after which what the lake holds of a source, and be it nothing, is what there is. */
const KNOWN: ReadonlySet<string> = new Set<SourceState>(['done', 'partial', 'limited']);

/**
 * The state in which a source ends that is asked for by what another one has found, where that one has found nothing yet
 * because it did not come through: there is nothing to ask for, and it is not known that there is nothing. Undefined for
 * any other.
 */
export function waitsFor(source: Source, ledger: Ledger, reports: readonly SourceReport[]): SourceState | undefined {
  if (source.kind !== 'snapshot' || source.paging.by !== 'values') return undefined;
  const { source: base } = source.paging;
  if (ledger.units.totals(base).rows > 0) return undefined;
  const last = reports.find((report) => report.source === base) ?? ledger.runs.lastOf(base);
  if (last && KNOWN.has(last.state)) return undefined;
  return (last?.state ?? 'failed') as SourceState;
}
