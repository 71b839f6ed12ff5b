import { t } from '@vscode/l10n';
import type { AsideId } from '../lake/ledger-aside.ts';
import { SalesforceRefusal } from '../org/refusal.ts';
import { messageOf, OrgwatchError, type ErrorCode } from '../shared/errors.ts';
import { counted } from '../shared/wording.ts';
import { isNoAnswer } from './portions.ts';
import type { SourceRun } from './source-run.ts';

/** So many items that fail alike, one after another, are more than a matter of items. */
const MOST_ALIKE = 5;

/** And so many once others have come, or where they do not fail alike. */
const MOST_AT_ALL = 20;

/** What may be wrong with one file. What the whole account is refused has codes of its own. */
const OF_FILE: readonly ErrorCode[] = [
  'DOWNLOAD_INCOMPLETE',
  'RESPONSE_INVALID',
  'SERVER_ERROR',
  'PERMISSION_MISSING',
  'NOT_SUPPORTED_BY_ORG',
  'QUERY_REJECTED',
];

/** What may be wrong with one span of records: a refusal is about all of them. */
const OF_SPAN: readonly ErrorCode[] = ['DOWNLOAD_INCOMPLETE', 'RESPONSE_INVALID', 'SERVER_ERROR'];

interface Failed {
  readonly id: AsideId;
  readonly error: OrgwatchError;
  readonly isFirst: boolean;
}

/**
 * The items of a source that failed in one run: each is put aside, so that it keeps nothing else from coming, until it
 * shows that the matter is not one of items.
 */
export class ItemFailures {
  readonly #run: SourceRun;
  readonly #of: 'file' | 'span';
  readonly #codes: readonly ErrorCode[];
  readonly #failed: Failed[] = [];
  /** First failures since the last item that came: one that failed in earlier runs, too, says nothing of the others. */
  #streak: Failed[] = [];
  #came = 0;

  constructor(run: SourceRun, of: 'file' | 'span') {
    this.#run = run;
    this.#of = of;
    this.#codes = of === 'file' ? OF_FILE : OF_SPAN;
  }

  succeed(): void {
    this.#came++;
    this.#streak = [];
  }

  /**
   * Puts an item aside. @param isFirst whether it has not failed before this run
   * @throws the error, where it is not about this item
   */
  fail(id: AsideId, error: unknown, isFirst: boolean): void {
    if (!(error instanceof OrgwatchError) || !(this.#codes.includes(error.code) || isNoAnswer(error))) throw error;
    const { ledger, clock, log } = this.#run.parts;
    log.warn(`${this.#run.source}: ${messageOf(error)} It is put aside; the others go on.`);
    ledger.transaction(() => ledger.aside.put(this.#run.source, id, error.message, clock.now()));
    const failed = { id, error, isFirst };
    this.#failed.push(failed);
    if (!isFirst) return;
    this.#streak.push(failed);
    const alike = this.#streak.filter((other) => kindOf(other.error) === kindOf(error)).length;
    if ((this.#came === 0 && alike >= MOST_ALIKE) || this.#streak.length >= MOST_AT_ALL) this.#giveUp(this.#streak);
  }

  /** Whether anything came in this run. */
  get anyCame(): boolean {
    return this.#came > 0;
  }

  /**
   * To be called when all items were tried.
   * @param isAll whether these are all that there is of the source; else a few that fail again say nothing of the others
   * @throws the first error, where none came and it is not a matter of items
   */
  end(isAll: boolean): void {
    if (this.#came > 0 || this.#failed.length === 0) return;
    if (isAll) this.#giveUp(this.#failed);
    const first = this.#failed.filter(({ isFirst }) => isFirst);
    const kinds = new Set(first.map(({ error }) => kindOf(error)));
    if (first.length > 1 && kinds.size === 1) this.#giveUp(first);
  }

  #giveUp(failed: readonly Failed[]): never {
    const { ledger, clock } = this.#run.parts;
    ledger.transaction(() =>
      ledger.aside.tryAgain(
        failed.map(({ id }) => id),
        clock.now(),
      ),
    );
    const first = failed[0]?.error;
    if (failed.length === 1 && first && this.#of === 'span') throw first;
    const message = t(
      '{0} failed one after another. The first: {1}',
      counted(failed.length, this.#of),
      messageOf(first),
    );
    // Whatever a single one was refused with: the source as such is there, so that this is a failure.
    throw new OrgwatchError('DOWNLOAD_INCOMPLETE', message, {
      actions: first?.actions ?? [],
      retryable: true,
      cause: first?.cause,
    });
  }
}

/** Errors of a kind have the same cause, as far as can be told. */
function kindOf({ code, cause }: OrgwatchError): string {
  return cause instanceof SalesforceRefusal ? `${code} ${cause.errorCode}` : code;
}
