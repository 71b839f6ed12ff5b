import { makeId } from './ids.ts';
import type { SetupChange } from './metadata/index.ts';
import type { Row } from './model.ts';
import { toSalesforceDate } from './soql/dates.ts';

/** Setup Audit Trail of what clients really did to this org: deploys, profiles given, permission sets assigned. */
export class AuditLog {
  readonly #now: () => Date;
  readonly #rows: Row[] = [];
  #merged: { base: readonly Row[]; own: number; rows: readonly Row[] } | undefined;

  constructor(now: () => Date) {
    this.#now = now;
  }

  get size(): number {
    return this.#rows.length;
  }

  add(change: SetupChange): void {
    const date = toSalesforceDate(this.#now().getTime());
    this.#rows.push({
      Id: makeId('0Ym', 0x7000000000 + this.#rows.length),
      Action: change.action,
      Section: change.section,
      Display: change.display,
      CreatedDate: date,
      CreatedById: change.userId,
      DelegateUser: null,
      ResponsibleNamespacePrefix: null,
      CreatedByContext: null,
      CreatedByIssuer: null,
      SystemModstamp: date,
    });
  }

  /** The rows of the dataset and these, ascending by CreatedDate; the same array while neither changes. */
  mergedWith(base: readonly Row[]): readonly Row[] {
    if (this.#rows.length === 0) return base;
    if (this.#merged?.base !== base || this.#merged.own !== this.#rows.length) {
      const byDate = (a: Row, b: Row): number => ((a['CreatedDate'] as string) < (b['CreatedDate'] as string) ? -1 : 1);
      this.#merged = { base, own: this.#rows.length, rows: [...base, ...this.#rows].sort(byDate) };
    }
    return this.#merged.rows;
  }
}
