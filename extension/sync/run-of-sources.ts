import { t } from '@vscode/l10n';
import { SalesforceRefusal } from '../org/refusal.ts';
import { cancelled } from '../shared/abort.ts';
import { messageOf, OrgwatchError } from '../shared/errors.ts';
import { iso } from '../shared/utc.ts';
import { counted, sentences } from '../shared/wording.ts';
import type { Source } from '../sources/source.ts';
import { absentFields, leftOutText } from './absent-fields.ts';
import { isAboutAccess, verdictOn, type SourceVerdict } from './outcome.ts';
import { explain, type Explanation, type Why } from './explain.ts';
import { isIncomplete, missingText } from './missing.ts';
import { unfitText } from './unfit.ts';
import { waitsFor } from './waits-for.ts';
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
  readonly #refusals: unknown[] = [];
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
    if (this.#refusals.length > 1 && this.reports.every(({ state }) => state === 'failed'))
      throwIfAlike(this.#refusals);
    const order = sources.map((source) => source.name);
    this.reports.sort((a, b) => order.indexOf(a.source) - order.indexOf(b.source));
  }

  async #one(source: Source): Promise<void> {
    const run = new SourceRun(this.#parts, source.name);
    const waits = waitsFor(source, this.#parts.ledger, this.reports);
    if (waits) return this.#end(run, source, waits, explain(source, { because: 'waits' }), { because: 'waits' });
    const before = this.#parts.ledger.units.totals(source.name).rows;
    try {
      // Data that has landed in an earlier run needs no call, so even a pause does not keep a source from running.
      if (source.kind === 'records') await syncRecords(run, source);
      else if (source.kind === 'snapshot') await this.#parts.pulls.run(() => syncSnapshot(run, source));
      else await syncEventLog(run, source);
      if (this.#parts.signal.aborted) throw cancelled();
      if (before > 0 && isEmpty(run, source)) return await this.#endEmpty(run, source, before);
      const why = await this.#whyLittle(run, source);
      const state = isBlindness(source, why) ? 'limited' : isIncomplete(run) ? 'partial' : 'done';
      this.#end(run, source, state, why && explain(source, why), why);
    } catch (error) {
      const verdict = verdictOn(this.#parts.signal.aborted ? cancelled(error) : error, source);
      if (verdict.kind === 'fatal') {
        this.#end(run, source, 'failed', asError(verdict.error));
        throw verdict.error;
      }
      if (verdict.kind === 'source') {
        await this.#refused(run, source, error, verdict);
      } else if (verdict.kind === 'cancelled') this.#end(run, source, 'cancelled');
      else {
        this.resumesAt = Math.max(this.resumesAt ?? 0, verdict.until);
        this.#end(run, source, 'paused', verdict);
      }
    }
  }

  /** That there is nothing any more is as likely as that the account no longer sees it. */
  async #endEmpty(run: SourceRun, source: Source, rows: number): Promise<void> {
    const why = explain(source, await whyEmpty(run, source));
    const before = t('It has brought {0} so far, and Salesforce shows none to this account now.', counted(rows, 'row'));
    const verify = t('Run `orgwatch verify`: it names the missing permission.');
    this.#end(run, source, 'limited', {
      reason: sentences(before, why?.reason ?? ''),
      actions: [...(why?.actions ?? []), verify],
    });
  }

  /** What an account may not see, or no longer sees, has failed: only what the org never showed is not offered. */
  async #refused(run: SourceRun, source: Source, error: unknown, said: SourceVerdict): Promise<void> {
    const isNotShown = said.state === 'unavailable';
    const why = isAboutAccess(error) ? await whyRefused(run, source, isNotShown) : undefined;
    const { rows } = this.#parts.ledger.units.totals(source.name);
    if (isNotShown && rows > 0) return this.#end(run, source, 'failed', noLonger(rows, said));
    const state = isNotShown && why?.because === 'lacking' ? 'failed' : said.state;
    if (state === 'failed') this.#refusals.push(error);
    this.#end(run, source, state, (why && explain(source, why)) ?? said, why);
  }

  /** Why a source that went well has less than there is, or nothing. */
  async #whyLittle(run: SourceRun, source: Source): Promise<Why | undefined> {
    const limit = await whyInPart(run, source);
    if (limit !== undefined || run.note !== undefined) return limit ?? run.note;
    if (isIncomplete(run)) return undefined;
    if (this.#parts.ledger.units.totals(source.name).rows === 0) return whyEmpty(run, source);
    return run.seesOthers === false && run.files > 0 ? whyOnlyOwn(run, source) : undefined;
  }

  #end(run: SourceRun, source: Source, state: SourceState, said?: Explanation, why?: Why): void {
    const texts = [said?.reason ?? '', leftOutText(run, source), missingText(run), unfitText(run)];
    const reason = texts.every((text) => text === '') ? null : sentences(...texts);
    const { actions = [] } = said ?? {};
    const absent = [...absentFields(run)].sort();
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
      ...(absent.length === 0 ? {} : { leftOut: absent }),
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

/** Whether a snapshot that was taken holds nothing, or what had to come again did not. */
function isEmpty({ files, records, isBlank }: SourceRun, { kind }: Source): boolean {
  return records === 0 && (kind === 'snapshot' ? files > 0 : isBlank);
}

/** A source that had records before is not one that the org does not offer. */
function noLonger(rows: number, { reason, actions }: Explanation): Explanation {
  const before = t(
    'It has brought {0} so far, and Salesforce no longer shows it to this account.',
    counted(rows, 'row'),
  );
  return {
    reason: sentences(before, reason),
    actions: [...actions, t('Run `orgwatch verify`: it names the missing permission.')],
  };
}

/** One refusal of all requests is not about any source: the account, or this machine, is not let in. */
function throwIfAlike(errors: readonly unknown[]): void {
  const refusals = errors.map((error) => (error instanceof OrgwatchError ? error.cause : undefined));
  const [first] = refusals;
  if (!(first instanceof SalesforceRefusal)) return;
  const { status, errorCode } = first;
  const isAlike = refusals.every(
    (other) => other instanceof SalesforceRefusal && other.status === status && other.errorCode === errorCode,
  );
  const [error] = errors;
  // What may pass by itself says nothing of the account.
  if (!isAlike || !(error instanceof OrgwatchError) || error.retryable) return;
  throw new OrgwatchError('ACCESS_REFUSED', t('Every request was refused, whatever it asked for. {0}', error.message), {
    actions: error.actions,
    cause: first,
  });
}

function asError(error: unknown): Explanation {
  return { reason: messageOf(error), actions: error instanceof OrgwatchError ? error.actions : [] };
}
