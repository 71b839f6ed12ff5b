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

/** Salesforce keeps each for two days, however many there are (API Query Cursor Limits); memory is shorter here. */
const KEPT = 500;

/** Query locators (`0r8…`), oldest forgotten first. */
export class Locators {
  readonly #open = new Map<string, OpenQuery>();
  #count = 0;

  /** @returns the locator without its `-offset`. */
  keep(query: OpenQuery): string {
    this.#count++;
    const id = `${to15(makeId('0r8', this.#count))}AAA`;
    this.#open.set(id, query);
    if (this.#open.size > KEPT) {
      const [oldest] = this.#open.keys();
      if (oldest !== undefined) this.#open.delete(oldest);
    }
    return id;
  }

  find(id: string): OpenQuery | undefined {
    return this.#open.get(id);
  }

  forget(): void {
    this.#open.clear();
  }
}
