import type { EventDay } from './event-day.ts';

export interface Column {
  /** The header cell; may itself hold a comma. */
  readonly name: string;
  /** As LogFileFieldTypes has it: String, Number, Id, DateTime, Boolean, IP, Set, Text, EscapedString, Url, Double. */
  readonly type: string;
}

/** Cell text by column name; a column without an entry is empty. */
export type Cells = Readonly<Record<string, string>>;

/** One row of an event log file. `at` decides the file that it is in. */
export interface LogEvent {
  readonly at: number;
  /** What the type itself says. */
  readonly cells: Cells;
  /** What events of all types have, where `cells` says nothing. */
  readonly shared: Cells;
}

export function cellOf(event: LogEvent, column: string): string {
  return event.cells[column] ?? event.shared[column] ?? '';
}

/** A type of event: the columns of its files and what happens on a day. */
export interface EventType {
  readonly name: string;
  /** Available without Event Monitoring. */
  readonly free: boolean;
  /** Columns in the order of the header; they differ between platform releases. */
  readonly columns: (release: number) => readonly Column[];
  /** Events of one UTC day, in any order. */
  readonly events: (day: EventDay) => readonly LogEvent[];
}

/** Columns from `NAME:Type NAME:Type …`; `NAME` alone is a String. */
export function columns(text: string): readonly Column[] {
  return text
    .trim()
    .split(/\s+/)
    .map((part) => {
      const [name = '', type = 'String'] = part.split(':');
      return { name, type };
    });
}

const HEAD = 'EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID:Id USER_ID:Id';
const TAIL = 'TIMESTAMP_DERIVED:DateTime USER_ID_DERIVED:Id';

/** The columns that most types share, with the type's own in the middle. */
export function requestColumns(own: string): readonly Column[] {
  return columns(
    `${HEAD} RUN_TIME:Number CPU_TIME:Number URI SESSION_KEY LOGIN_KEY ${own} ${TAIL} CLIENT_IP URI_ID_DERIVED:Id`,
  );
}

/** The columns of types that log no request timing. */
export function plainColumns(own: string): readonly Column[] {
  return columns(`${HEAD} ${own} ${TAIL}`);
}

const AGENT_COLUMNS = columns('BOT_IDENTIFIER BOT_SESSION_IDENTIFIER PLANNER_IDENTIFIER');

/** Drift: every second release has three more columns, before the last ones. */
export function drifting(base: readonly Column[]): (release: number) => readonly Column[] {
  const more = [...base.slice(0, -2), ...AGENT_COLUMNS, ...base.slice(-2)];
  return (release) => (release % 2 === 0 ? base : more);
}

/** Drift: every second release has the columns from the sixth on in another order. */
export function reordering(base: readonly Column[]): (release: number) => readonly Column[] {
  const other = [...base.slice(0, 5), ...base.slice(5).reverse()];
  return (release) => (release % 2 === 0 ? base : other);
}

/** The release that was live on a UTC day; one lasts two weeks here, so that every month of files has a change in it. */
export function releaseOf(day: number): number {
  return Math.floor(day / 14);
}
