import { BUNDLE_COLUMNS, UNIT_NAME } from './bundle-columns.ts';
import { identifier, literal, literals } from './sql.ts';
import { EVENT_LOG_COLUMNS, KNOWN_EVENT_TYPES, KNOWN_SOURCES } from './views-known.ts';
import { QUARANTINE, quarantineView } from './views-quarantine.ts';
import { snakeCase } from './views-name.ts';
import { bundleVariable, fileVariable, type LakeView } from './views-view.ts';
import type { PublishedUnit } from './worker.ts';

type Columns = Readonly<Record<string, string>>;

/** Source of the units whose eventType is set, and name of the view over all of them. */
const EVENT_LOG = 'event_log';

/** Columns of every published file, before and after its own. */
const FIRST: Columns = { event_key: 'VARCHAR', event_time: 'TIMESTAMP' };
const LAST: Columns = { _misfits: 'VARCHAR', _raw_id: 'BIGINT' };

/**
 * The views over published units: one a source of records, `event_log` with what all event types have in common, and
 * `event_log_<type>` with all columns of one, and `quarantine` with the records that are no rows. What is known to exist in Salesforce has its view before anything of it
 * was published, with no rows.
 * @param isWanted whether the view of that name is asked for; the others are not made
 */
export function lakeViews(units: readonly PublishedUnit[], isWanted: (name: string) => boolean): LakeView[] {
  const ofEvents = units.filter(({ eventType }) => eventType !== null);
  const records = Map.groupBy(
    units.filter(({ eventType }) => eventType === null),
    ({ source }) => source,
  );
  const events = Map.groupBy(ofEvents, ({ eventType }) => eventType ?? '');
  const sources = new Set([...Object.keys(KNOWN_SOURCES), ...records.keys()]);
  const types = [...new Set([...Object.keys(KNOWN_EVENT_TYPES), ...events.keys()])].sort();
  const taken = new Set<string>([EVENT_LOG, QUARANTINE]);
  const views: LakeView[] = [];
  for (const source of sources) {
    const name = free(snakeCase(source), taken);
    if (isWanted(name)) views.push(recordsView(name, source, records.get(source) ?? []));
  }
  if (isWanted(QUARANTINE)) views.push(quarantineView(units));
  if (isWanted(EVENT_LOG)) views.push(eventLogView(ofEvents));
  for (const type of types) {
    const name = free(`${EVENT_LOG}_${snakeCase(type)}`, taken);
    if (isWanted(name)) views.push(typeView(name, type, events.get(type) ?? []));
  }
  return views;
}

/** `name`, with a number where an earlier view has it already. */
function free(name: string, taken: Set<string>): string {
  let unique = name;
  for (let count = 2; taken.has(unique); count++) unique = `${name}_${String(count)}`;
  taken.add(unique);
  return unique;
}

function recordsView(name: string, source: string, units: readonly PublishedUnit[]): LakeView {
  const columns = columnsOf(units, KNOWN_SOURCES[source] ?? {});
  return view(name, units, columns, (eventDate) => [
    'event_key',
    'event_time',
    `${eventDate} AS event_date`,
    ...Object.keys(columns).filter(isOwn).map(identifier),
    '_misfits',
    '_raw_id',
  ]);
}

function typeView(name: string, type: string, units: readonly PublishedUnit[]): LakeView {
  const columns = columnsOf(units, { event_type: 'VARCHAR', ...KNOWN_EVENT_TYPES[type] });
  return view(name, units, columns, (eventDate) => [
    'event_key',
    'event_time',
    `${eventDate} AS event_date`,
    'event_type',
    ...Object.keys(columns).filter(isOwn).map(identifier),
    LIKELY_DUPLICATE,
    '_misfits',
    '_raw_id',
  ]);
}

function eventLogView(units: readonly PublishedUnit[]): LakeView {
  const columns: Columns = { ...FIRST, event_type: 'VARCHAR', ...EVENT_LOG_COLUMNS.read, ...LAST };
  return view(EVENT_LOG, units, columns, (eventDate) => [
    'event_key',
    'event_time',
    `${eventDate} AS event_date`,
    `${units.every(isTypeInPath) ? typeInPath(units) : 'event_type'} AS event_type`,
    ...EVENT_LOG_COLUMNS.select,
    LIKELY_DUPLICATE,
    '_misfits',
    '_raw_id',
  ]);
}

/**
 * Rows that are the same in every column of one event log file: Salesforce documents that files with late events may hold an
 * event twice, and also that different events may look alike. All rows are kept; the second and those after it are marked.
 * Their key has its number behind it (selectDistinct), and a content key has no hyphen.
 */
const LIKELY_DUPLICATE = `contains(event_key, '-') AS _duplicate`;

function isOwn(column: string): boolean {
  return !['event_key', 'event_time', 'event_type', '_misfits', '_raw_id'].includes(column);
}

/** The columns of all units by name: known ones first, text where units disagree on the type. */
function columnsOf(units: readonly PublishedUnit[], known: Columns): Columns {
  const found = new Map<string, [name: string, type: string, known: boolean]>();
  for (const [name, type] of Object.entries({ ...FIRST, ...known })) found.set(name.toLowerCase(), [name, type, true]);
  const seen = new Set<Columns>();
  for (const { columns } of units) {
    if (seen.has(columns)) continue;
    seen.add(columns);
    for (const [name, type] of Object.entries({ ...columns })) {
      const key = name.toLowerCase();
      const before = found.get(key);
      if (!before || before[2]) found.set(key, [before?.[0] ?? name, type, false]);
      else if (before[1] !== type) found.set(key, [before[0], 'VARCHAR', false]);
    }
  }
  for (const [name, type] of Object.entries(LAST)) found.set(name, [name, type, false]);
  return Object.fromEntries([...found.values()].map(([name, type]) => [name, type]));
}

/**
 * SQL of a piece of the path, where it says `name=…` last. DuckDB reckons a regular expression once a file; other functions
 * that could tell the same it reckons for each row, which takes fifteen times as long.
 */
function inPath(name: string, piece: string): string {
  return `regexp_extract(filename, ${literal(`(?s).*${name}=(${piece})`)}, 1)`;
}

/**
 * Taken from the path, so that DuckDB passes over the files of other days without opening them; it does so for a column
 * of the name `filename` only.
 */
const EVENT_DATE = `${inPath('event_date', '.{10}')}::DATE`;

/** SQL of the event type as the path has it; no more of it than these paths need. */
function typeInPath(units: readonly PublishedUnit[]): string {
  const segment = inPath('event_type', String.raw`[^/\\]*`);
  return units.some(({ path }) => path.includes('%')) ? `url_decode(${segment})` : segment;
}

/** Long names of event types are shortened in paths, maybe in the middle of what stands for a character. */
function isTypeInPath({ path, eventType }: PublishedUnit): boolean {
  const segment = /.*[\\/]event_type=([^\\/]*)[\\/]/.exec(path)?.[1];
  try {
    return segment !== undefined && decodeURIComponent(segment) === eventType;
  } catch {
    return false;
  }
}

/**
 * A view over exactly these files. The schema is stated, so that making the view opens none of them, and a file that
 * lacks a column has NULL in it. What a bundle holds of units that are not read from it any more is left out.
 */
function view(name: string, units: readonly PublishedUnit[], columns: Columns, select: Select): LakeView {
  const files = pathsOf(units, ({ bundle }) => bundle === undefined);
  const bundles = pathsOf(units, ({ bundle }) => bundle?.only === null);
  const partial = units.filter(({ bundle }) => bundle?.only);
  const read = (source: string, more: Columns): string =>
    `read_parquet(${source}, filename = true, schema = MAP {${schema({ ...columns, ...more })}})`;
  const parts: string[] = [];
  if (files.length > 0) {
    const source = read(`getvariable(${literal(fileVariable(name))})`, {});
    parts.push(`SELECT ${select(EVENT_DATE).join(', ')} FROM ${source}`);
  }
  if (bundles.length > 0) {
    const source = read(`getvariable(${literal(bundleVariable(name))})`, BUNDLE_COLUMNS);
    parts.push(`SELECT ${select('event_date').join(', ')} FROM ${source}`);
  }
  for (const { path, bundle } of partial) {
    const wanted = `list_contains(${literals(bundle?.only ?? [])}, ${UNIT_NAME})`;
    parts.push(
      `SELECT ${select('event_date').join(', ')} FROM (FROM ${read(literal(path), BUNDLE_COLUMNS)} WHERE ${wanted})`,
    );
  }
  if (parts.length > 0)
    return { name, sql: parts.join('\nUNION ALL\n'), files, bundles, partial: partial.map(({ path }) => path) };
  const nulls = Object.entries(columns).map(([column, type]) => `NULL::${type} AS ${identifier(column)}`);
  const nothing = `(SELECT ${[...nulls, `NULL::VARCHAR AS filename`].join(', ')} WHERE false)`;
  return { name, sql: `SELECT ${select(EVENT_DATE).join(', ')} FROM ${nothing}`, files: [] };
}

function pathsOf(units: readonly PublishedUnit[], isMeant: (unit: PublishedUnit) => boolean): readonly string[] {
  return units.filter(isMeant).map(({ path }) => path);
}

function schema(columns: Columns): string {
  return Object.entries(columns)
    .map(
      ([column, type]) => `${literal(column)}: {name: ${literal(column)}, type: ${literal(type)}, default_value: NULL}`,
    )
    .join(', ');
}

/** The columns of a view, given SQL of the event date. */
type Select = (eventDate: string) => readonly string[];
