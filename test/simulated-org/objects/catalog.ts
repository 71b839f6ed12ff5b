import type { Row } from '../model.ts';
import type { Viewer } from './viewer.ts';

export type FieldType =
  | 'id'
  | 'reference'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'email'
  | 'phone'
  | 'url'
  | 'boolean'
  | 'int'
  | 'double'
  | 'date'
  | 'datetime'
  | 'base64';

/** One field as describe tells it, and who may see it. */
export interface FieldDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly length: number;
  readonly filterable: boolean;
  /** False where a text cannot be compared with LIKE. */
  readonly like: boolean;
  readonly sortable: boolean;
  readonly groupable: boolean;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  /** Objects that a reference points at; the first is the one that relationship paths resolve to. */
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  /** First API version that has the field. */
  readonly since: number;
  readonly picklist: readonly string[];
  /** False hides the field from this user or org: INVALID_FIELD when asked for, absent from describe. */
  readonly visible: (viewer: Viewer) => boolean;
  /** Value where it is not simply the row's property of that name. */
  readonly value?: (row: Row, viewer: Viewer) => unknown;
}

export interface ObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string | null;
  /** `data`: /query and /sobjects; `tooling`: /tooling/query only. */
  readonly api: 'data' | 'tooling';
  readonly fields: readonly FieldDefinition[] | ((viewer: Viewer) => readonly FieldDefinition[]);
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  /** False makes the whole object unknown: INVALID_TYPE. */
  readonly visible: (viewer: Viewer) => boolean;
  readonly rows: (viewer: Viewer) => readonly Row[];
  /** Which of the rows the user may see; undefined: all. */
  readonly rowFilter?: (viewer: Viewer) => ((row: Row) => boolean) | undefined;
  /** Rules that depend on the WHERE clause: a further filter, or a refusal. */
  readonly queryRule?: (viewer: Viewer, where: WhereShape) => ((row: Row) => boolean) | undefined;
  /** Datetime field by which `rows` is ascending, so that ranges on it need no full scan. */
  readonly ascendingBy?: string;
  /** Records of a page and of a query at most, where they are fewer than usual; OFFSET then leads to the rest. */
  readonly paging?: { readonly page: number; readonly query: number };
  /** False where COUNT(Id), GROUP BY and the like are refused; count() always works. */
  readonly aggregates: boolean;
}

/** What a WHERE clause mentions, for rules such as those of EventLogFile and ContentDocumentLink. */
export interface WhereShape {
  /** Names of the fields filtered on, in lower case. */
  readonly fields: ReadonlySet<string>;
  /** Those of them that are compared with `=` or `IN`. */
  readonly pinned: ReadonlySet<string>;
}

export interface FieldOptions {
  readonly label?: string;
  readonly length?: number;
  readonly to?: string | readonly string[];
  /** Name of the relationship, where it is not the field's without Id; null: the field is an id and no more. */
  readonly relationship?: string | null;
  readonly since?: number;
  readonly like?: false;
  readonly picklist?: readonly string[];
  readonly visible?: (viewer: Viewer) => boolean;
  readonly value?: (row: Row, viewer: Viewer) => unknown;
}

const defaultLength: Partial<Record<FieldType, number>> = {
  id: 18,
  reference: 18,
  string: 255,
  picklist: 40,
  email: 80,
  phone: 40,
  url: 255,
  textarea: 32_000,
};

/**
 * Defines a field. `flags` are the letters of the properties in the Object Reference:
 * C create, F filter, G group, N nillable, S sort, U update.
 */
export function field(name: string, type: FieldType, flags: string, options: FieldOptions = {}): FieldDefinition {
  const has = (letter: string): boolean => flags.includes(letter);
  return {
    name,
    type,
    label: options.label ?? labelOf(name),
    length: options.length ?? defaultLength[type] ?? 0,
    filterable: has('F'),
    like: options.like ?? true,
    sortable: has('S'),
    groupable: has('G'),
    nillable: has('N'),
    createable: has('C'),
    updateable: has('U'),
    referenceTo: options.to === undefined ? [] : typeof options.to === 'string' ? [options.to] : options.to,
    relationshipName:
      options.relationship === undefined && type === 'reference'
        ? name.replace(/Id$/, '')
        : (options.relationship ?? null),
    since: options.since ?? 0,
    picklist: options.picklist ?? [],
    visible: options.visible ?? (() => true),
    ...(options.value === undefined ? {} : { value: options.value }),
  };
}

export const idField = (): FieldDefinition => field('Id', 'id', 'FGS');

/** CreatedDate, CreatedById, LastModifiedDate, LastModifiedById, SystemModstamp. */
export function auditFields(): FieldDefinition[] {
  return [
    field('CreatedDate', 'datetime', 'FS'),
    field('CreatedById', 'reference', 'FGS', { to: 'User' }),
    field('LastModifiedDate', 'datetime', 'FS'),
    field('LastModifiedById', 'reference', 'FGS', { to: 'User' }),
    field('SystemModstamp', 'datetime', 'FS'),
  ];
}

export const isDeletedField = (): FieldDefinition => field('IsDeleted', 'boolean', 'FGS');

type ObjectInput = Pick<ObjectDefinition, 'name' | 'fields' | 'rows'> & Partial<ObjectDefinition>;

/** Defines an object; what is not said is a read-only data object that everybody may see. */
export function defineObject(input: ObjectInput): ObjectDefinition {
  const label = input.label ?? labelOf(input.name);
  return {
    label,
    labelPlural: `${label}s`,
    keyPrefix: null,
    api: 'data',
    createable: false,
    updateable: false,
    deletable: false,
    visible: () => true,
    aggregates: true,
    ...input,
  };
}

function labelOf(name: string): string {
  return name
    .replace(/Id$/, ' ID')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/ +/g, ' ')
    .trim();
}
