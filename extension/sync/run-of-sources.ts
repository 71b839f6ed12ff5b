import { cancelled } from '../shared/abort.ts';
import { messageOf, OrgwatchError } from '../shared/errors.ts';
import { iso } from '../shared/utc.ts';
import { sentences } from '../shared/wording.ts';
import type { Source } from '../sources/source.ts';
import { isAboutAccess, verdictOn } from './outcome.ts';
import { explain, type Explanation, type Why } from './explain.ts';
import { unfitText } from './unfit.ts';
import { isBlindness, whyEmpty, whyInPart, whyOnlyOwn, whyRefused } from './find-why.ts';
import type { SourceReport, SourceState } from './report.ts';
import { SourceRun, type RunParts } from './source-run.ts';
import { syncEventLog } from './sync-event-log.ts';
import { syncRecords } from './sync-records.ts';
import { syncSnapshot } from './sync-snapshot.ts';

/** The sources of one run: records first and together, then snapshots, which may ask for what those found, then event log files. */
export class RunOfSources {
  readonly reports: SourceReport[] = [];
  resumesAt: number | undefined;
  readonly #id: number;
  readonly #parts: RunParts;

  constructor(id: number, parts: RunParts) {
    this.#id = id;
    this.#parts = parts;
  }

  /** @throws what ends the whole run */
  async all(sources: readonly Source[]): Promise<void> {
    for (const kind of ['records', 'snapshot', 'event-log'] as const) {
      const some = sources.filter((source) => source.kind === kind);
      const outcomes = await Promise.allSettled(some.map((source) => this.#one(source)));
      const fatal = outcomes.find((outcome) => outcome.status === 'rejected');
      if (fatal) throw fatal.reason;
    }
    const order = sources.map((source) => source.name);
    this.reports.sort((a, b) => order.indexOf(a.source) - order.indexOf(b.source));
  }

  async #one(source: Source): Promise<void> {
    const run = new SourceRun(this.#parts, source.name);
    try {
      // Data that has landed in an earlier run needs no call, so even a pause does not keep a source from running.
      if (source.kind === 'records') await syncRecords(run, source);
      else if (source.kind === 'snapshot') await this.#parts.pulls.run(() => syncSnapshot(run, source));
      else await syncEventLog(run, source);
      if (this.#parts.signal.aborted) throw cancelled();
      const why = await this.#whyLittle(run, source);
      this.#end(run, source, isBlindness(source, why) ? 'limited' : 'done', why && explain(source, why), why);
    } catch (error) {
      const verdict = verdictOn(this.#parts.signal.aborted ? cancelled(error) : error);
      if (verdict.kind === 'fatal') {
        this.#end(run, source, 'failed', asError(verdict.error));
        throw verdict.error;
      }
      if (verdict.kind === 'source') {
        const isRefused = verdict.state === 'unavailable' && isAboutAccess(error);
        const why = isRefused ? await whyRefused(run, source) : undefined;
        this.#end(run, source, verdict.state, (why && explain(source, why)) ?? verdict, why);
      } else if (verdict.kind === 'cancelled') this.#end(run, source, 'cancelled');
      else {
        this.resumesAt = Math.max(this.resumesAt ?? 0, verdict.until);
        this.#end(run, source, 'paused', verdict);
      }
    }
  }

  /** Why a source that went well has less than there is, or nothing. */
  async #whyLittle(run: SourceRun, source: Source): Promise<Why | undefined> {
    const limit = await whyInPart(run, source);
    if (limit !== undefined || run.note !== undefined) return limit ?? run.note;
    if (run.gone > 0) return undefined;
    if (this.#parts.ledger.units.totals(source.name).rows === 0) return whyEmpty(run, source);
    return run.seesOthers === false && run.files > 0 ? whyOnlyOwn(run, source) : undefined;
  }

  #end(run: SourceRun, source: Source, state: SourceState, said?: Explanation, why?: Why): void {
    const unfit = unfitText(run);
    const reason = [said?.reason ?? '', unfit].every((text) => text === '')
      ? null
      : sentences(said?.reason ?? '', unfit);
    const { actions = [] } = said ?? {};
    const { ledger, clock } = this.#parts;
    const { eventFrom, eventTo } = ledger.units.totals(source.name);
    const { requests, rows, files, bytes } = run;
    const brought = { source: source.name, state, requests, rows, files, bytes };
    this.reports.push({
      ...brought,
      from: iso(eventFrom),
      to: iso(eventTo),
      ...(run.misfits === 0 ? {} : { misfits: run.misfits }),
      ...(run.quarantined === 0 ? {} : { quarantined: run.quarantined }),
      ...(reason === null ? {} : { reason }),
      ...(actions.length === 0 ? {} : { actions }),
    });
    run.tell('end');
    try {
      const outcome = { ...brought, reason, actions, why: why ? JSON.stringify(why) : null };
      ledger.transaction(() => ledger.runs.endSource(this.#id, outcome, clock.now()));
    } catch (error) {
      this.#parts.log.error(`${source.name}: ${messageOf(error)}`);
    }
  }
}

function asError(error: unknown): Explanation {
  return { reason: messageOf(error), actions: error instanceof OrgwatchError ? error.actions : [] };
}
