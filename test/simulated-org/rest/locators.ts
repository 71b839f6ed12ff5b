import { makeId, to15 } from '../ids.ts';

/** A query whose result did not fit one page: indexes into rows that were already filtered and sorted. */
export interface OpenQuery {
  readonly userId: string;
  readonly tooling: boolean;
  readonly totalSize: number;
  /** How many records there are to fetch. */
  readonly size: number;
  /** Records of a page at most, where they are fewer than usual. */
  readonly pageSize: number | undefined;
  /** JSON array of the records from `start` to `end`, as the API version of the first request serialises them. */
  readonly records: (start: number, end: number) => string;
}

/** Cursors that a user has open at most; another one releases the oldest. SOAP API Developer Guide, QueryLocator. */
const OPEN_PER_USER = 10;
/** Read to their end, they can be read again; this many of all. */
const KEPT = 500;

/** Query locators (`01g…`), oldest released first. */
export class Locators {
  readonly #kept = new Map<string, OpenQuery>();
  readonly #open = new Set<string>();
  #count = 0;

  /** @returns the locator without its `-offset`. */
  keep(query: OpenQuery): string {
    this.#count++;
    const id = `${to15(makeId('01g', this.#count))}AAA`;
    this.#kept.set(id, query);
    this.#open.add(id);
    const ofUser = [...this.#open].filter((each) => this.#kept.get(each)?.userId === query.userId);
    for (const oldest of ofUser.slice(0, -OPEN_PER_USER)) this.#release(oldest);
    for (const oldest of [...this.#kept.keys()].slice(0, -KEPT)) this.#release(oldest);
    return id;
  }

  find(id: string): OpenQuery | undefined {
    return this.#kept.get(id);
  }

  /** The last page was sent: the cursor no longer counts. */
  close(id: string): void {
    this.#open.delete(id);
  }

  #release(id: string): void {
    this.#open.delete(id);
    this.#kept.delete(id);
  }
}
