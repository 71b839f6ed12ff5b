import { t } from '@vscode/l10n';
import { unusable } from './answer-limits.ts';
import type { ReadPage } from './query.ts';

/** Where Salesforce's next pages are: `/services/data/v66.0/query/0r8…-2000`, of the Tooling API too. */
const NEXT = /^\/services\/data\/v\d+\.\d\/(?:tooling\/)?query(?:All|More)?\/[\w-]+$/i;

/** A page may be empty where its records were deleted meanwhile; a row of them brings nothing any more. */
const MOST_EMPTY = 5;

/** Records beyond the size that the first page told: none as a rule. */
const MOST_BEYOND = 2_000;

const MOST_PAGES = 100_000;

/** Follows a query from page to page as long as that leads anywhere: each page is a call. */
export class Paging {
  readonly #purpose: string;
  readonly #followed = new Set<string>();
  #total = Infinity;
  #records = 0;
  #pages = 0;
  #empty = 0;

  constructor(purpose: string) {
    this.#purpose = purpose;
  }

  /**
   * Path of the page behind this one; undefined behind the last.
   * @throws OrgwatchError RESPONSE_INVALID when there is no end to be seen, or it leads elsewhere
   */
  next({ next, records, sizeTold, totalSize }: ReadPage): string | undefined {
    if (this.#pages++ === 0 && sizeTold) this.#total = totalSize;
    this.#records += records.length;
    this.#empty = records.length === 0 ? this.#empty + 1 : 0;
    if (next === undefined) return undefined;
    if (!NEXT.test(next)) {
      throw unusable(t('The next page of “{0}” is said to be where no pages of a query are.', this.#purpose));
    }
    const isEndless =
      this.#followed.has(next) ||
      this.#empty > MOST_EMPTY ||
      this.#records > this.#total + MOST_BEYOND ||
      this.#pages >= MOST_PAGES;
    if (isEndless) {
      throw unusable(t('The pages of “{0}” have no end; stopped at page {1}.', this.#purpose, this.#pages));
    }
    this.#followed.add(next);
    return next;
  }
}
