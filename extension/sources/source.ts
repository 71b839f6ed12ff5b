import type { Need } from './needs.ts';

/** What a value of a field becomes in the lake. */
export type FieldType = 'text' | 'timestamp' | 'double' | 'bigint' | 'boolean';

export interface SourceField {
  /** As SOQL names it: `LoginTime`, `LoginGeo.City`. */
  readonly name: string;
  readonly type: FieldType;
}

/** Fields that an org may not have, or not for this user: that one is left out is nothing to tell. */
export interface OptionalFields {
  readonly fields: readonly SourceField[];
}

interface SourceBase {
  /** `login_history`: the name of the table, the folder, and what a person types. */
  readonly name: string;
  readonly title: string;
  /** The sObject. */
  readonly object: string;
  /** How often it is worth asking, in ms. */
  readonly cadence: number;
  /** Records this much older than the newest are read again, in ms: they may have become visible late. */
  readonly overlap: number;
  /** What it takes of the user. */
  readonly needs: readonly Need[];
  /** Field that names the user whom a record is about, where a user who lacks what it takes sees only own records. */
  readonly owner?: string;
  /** What it means, for a person, when the org has nothing and the user would see it. */
  readonly whenEmpty: () => string;
  /** What it means when Salesforce shows no such object; undefined: every org has it, so that it is kept from the account. */
  readonly whenRefused?: () => string;
}

/** Records of an sObject that has a time to order by. */
export interface RecordSource extends SourceBase {
  readonly kind: 'records';
  readonly fields: readonly SourceField[];
  readonly optional: readonly OptionalFields[];
  /** Filterable and sortable; never changes once a record is older than the overlap. */
  readonly timeField: string;
  /** Fields that together tell one event from another. */
  readonly key: readonly string[];
  /** How far back the first pull goes, in ms; undefined: to the beginning. */
  readonly backfill: number | undefined;
  /** Deleted records too. */
  readonly withDeleted: boolean;
  /** For so long, in ms, Salesforce deletes no record; undefined: anybody may. */
  readonly kept?: number;
}

/** Event log files: listed by query, each downloaded. */
export interface EventLogSource extends SourceBase {
  readonly kind: 'event-log';
}

/** How the records of a snapshot are asked for. */
export type SnapshotPaging =
  /** In the order of Id. */
  | { readonly by: 'id' }
  /**
   * So many at most a query, and then from there on; where Salesforce takes no OFFSET that large, those of some users at a
   * time, by the field that names the user.
   */
  | { readonly by: 'offset'; readonly most: number; readonly user: string }
  /** Those whose `field` has a value that an earlier source has in `column` of the lake; so many values a query. */
  | {
      readonly by: 'values';
      readonly field: string;
      readonly source: string;
      readonly column: string;
      readonly most: number;
    };

/** Things as they are, taken once a UTC day: one partition a date; a later snapshot of the date takes its place. */
export interface SnapshotSource extends SourceBase {
  readonly kind: 'snapshot';
  readonly fields: readonly SourceField[];
  readonly optional: readonly OptionalFields[];
  /** Fields that together tell one thing from another; none: equal records are told apart by their number. */
  readonly key: readonly string[];
  readonly paging: SnapshotPaging;
}

export type Source = RecordSource | EventLogSource | SnapshotSource;

/** Fields of one type, from a list of names. */
export function fields(type: FieldType, names: string): readonly SourceField[] {
  return names
    .split(/\s+/)
    .filter((name) => name !== '')
    .map((name) => ({ name, type }));
}
