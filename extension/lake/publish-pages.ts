import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { t } from '@vscode/l10n';
import { throwIfCancelled } from '../shared/abort.ts';
import { readRaw } from './raw-file.ts';
import type { OrgFolder } from './storage-folder.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { parseTime, utcDate } from '../shared/utc.ts';
import type { LakeColumn, PageInput, RecordsJob } from './worker.ts';

/** Date of records whose time is missing or unreadable, where nothing is known of their page. */
export const NO_DATE = '1970-01-01';
/** A longer page is none of Salesforce's: it has 2,000 records at most. */
const LONGEST_PAGE = 256 << 20;
/** Text in quarantine is cut there; the raw file has all of it. */
const LONGEST_TEXT = 1 << 20;

/** A record in texts: its columns in the order of the job's fields. */
export interface PlainRecord {
  readonly raw_id: number;
  readonly age: number;
  readonly key: string;
  /** Where it goes without a time. */
  readonly date: string;
  /** Column → text as it was sent, of what could not be kept in its column. */
  readonly told: Readonly<Record<string, string>> | null;
  readonly cells: readonly (string | null)[];
}

/** An entry that is no record, as quarantine keeps it. */
export interface Reject {
  readonly date: string;
  readonly line: string;
}

export interface PlainPages {
  readonly records: number;
  /** Bytes of the longest line. */
  readonly longest: number;
  readonly rejects: readonly Reject[];
}

/**
 * Reads pages entry by entry, and writes what is a record to an NDJSON file of texts that DuckDB can read whatever was
 * sent: a field twice, half a character, a text where a record should be. It takes several times as long as DuckDB does,
 * and is only for pages that are not as Salesforce sends them.
 */
export async function writePlainPages(
  folder: OrgFolder,
  job: RecordsJob,
  fields: readonly LakeColumn[],
  file: string,
  signal: AbortSignal,
): Promise<PlainPages> {
  const rejects: Reject[] = [];
  let records = 0;
  let longest = 0;
  const handle = await open(file, 'w', 0o600);
  try {
    for (const [age, input] of job.inputs.entries()) {
      throwIfCancelled(signal);
      const reader = new PageReader(job, fields, input, age);
      const lines: string[] = [];
      for (const [index, entry] of (await readEntries(folder, input.path)).entries()) {
        const record = reader.read(entry);
        if (record) lines.push(`${JSON.stringify(record)}\n`);
        else rejects.push({ date: dateOf(input), line: rejectLine(input, index, entry) });
      }
      records += lines.length;
      longest = lines.reduce((most, line) => Math.max(most, Buffer.byteLength(line)), longest);
      await handle.appendFile(lines.join(''));
    }
  } finally {
    await handle.close();
  }
  return { records, longest, rejects };
}

/**
 * The entries of a page's `records`; of a page that has none, itself.
 * @throws OrgwatchError LAKE_WORKER_FAILED when it is longer than any page is
 */
export async function readEntries(folder: OrgFolder, file: string): Promise<readonly unknown[]> {
  const text = await readText(folder, file);
  return documentsOf(text).flatMap((document) => {
    const records = isRecord(document) ? document['records'] : undefined;
    return Array.isArray(records) ? (records as unknown[]) : [document];
  });
}

async function readText(folder: OrgFolder, file: string): Promise<string> {
  const { bytes, whole } = await readRaw(folder, file, LONGEST_PAGE);
  if (whole) return bytes.toString('utf8');
  throw new OrgwatchError('LAKE_WORKER_FAILED', t('{0} is longer than a page of records can be.', file));
}

/** A page is one document; a raw file may hold several, a line each. */
function documentsOf(text: string): readonly unknown[] {
  if (text.trim() === '') return [];
  try {
    return [JSON.parse(text)];
  } catch {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(parsed);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

export function isRecord(entry: unknown): entry is Readonly<Record<string, unknown>> {
  return typeof entry === 'object' && entry !== null && !Array.isArray(entry);
}

/** The UTC date beside which a page's entries are kept that have no time of their own. */
export function dateOf({ span }: PageInput): string {
  return span ? utcDate(span.from) : NO_DATE;
}

/** A time that is within the page's span, ms; NaN for any other. */
export function timeWithin(value: unknown, { span }: PageInput): number {
  const time = parseTime(value);
  return span && (time < span.from || time > span.to) ? Number.NaN : time;
}

/** The value of a field: `LoginGeo.City` is a field of a nested record. */
export function valueOf(record: Readonly<Record<string, unknown>>, field: string): unknown {
  let value: unknown = record;
  for (const name of field.split('.')) value = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/** A value as a text; null for none. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

class PageReader {
  readonly #job: RecordsJob;
  readonly #fields: readonly LakeColumn[];
  readonly #input: PageInput;
  readonly #age: number;
  readonly #seen = new Map<string, number>();

  constructor(job: RecordsJob, fields: readonly LakeColumn[], input: PageInput, age: number) {
    this.#job = job;
    this.#fields = fields;
    this.#input = input;
    this.#age = age;
  }

  read(entry: unknown): PlainRecord | undefined {
    if (!isRecord(entry)) return undefined;
    const { timeColumn, key } = this.#job;
    const told = new Map<string, string>();
    const cells = this.#fields.map(({ name }) => {
      const text = textOf(valueOf(entry, name));
      if (name === timeColumn && Number.isNaN(timeWithin(text, this.#input))) {
        told.set(name, text === null || text.isWellFormed() ? (text ?? '') : JSON.stringify(text));
        return null;
      }
      return wellFormed(text, name, told);
    });
    for (const name of this.#fields.flatMap((field) => field.name.split('.').slice(0, -1))) {
      const nested = valueOf(entry, name);
      if (nested !== null && nested !== undefined && !isRecord(nested)) told.set(name, JSON.stringify(nested));
    }
    const parts = key.map((name) => textOf(valueOf(entry, name))?.toWellFormed() ?? null);
    for (const [index, name] of key.entries()) if (parts[index] === null) told.set(name, '');
    return {
      raw_id: this.#input.rawId,
      age: this.#age,
      key: parts.length > 0 && !parts.includes(null) ? this.#whole(parts) : this.#unkeyed(cells),
      date: dateOf(this.#input),
      told:
        told.size === 0 ? null : Object.fromEntries([...told].map(([name, text]) => [name.replaceAll('.', '_'), text])),
      cells,
    };
  }

  #whole(parts: readonly (string | null)[]): string {
    const { snapshotAt } = this.#job;
    return [...parts, ...(snapshotAt === undefined ? [] : [snapshotAt.slice(0, 10)])].join('|');
  }

  /** What a record is known by that lacks its key: all that it holds, and its number among the same of its page. */
  #unkeyed(cells: readonly (string | null)[]): string {
    const hash = createHash('md5').update(JSON.stringify(cells)).digest('hex');
    const number = (this.#seen.get(hash) ?? 0) + 1;
    this.#seen.set(hash, number);
    // Without a key at all, the same in another page is another record.
    const page = this.#job.key.length === 0 ? [String(this.#age)] : [];
    return this.#whole([number === 1 ? hash : `${hash}-${String(number)}`, ...page]);
  }
}

/** Text that UTF-8 can hold; where it holds half a character, what was sent is told as JSON writes it. */
function wellFormed(text: string | null, name: string, told: Map<string, string>): string | null {
  if (text === null || text.isWellFormed()) return text;
  told.set(name, JSON.stringify(text));
  return text.toWellFormed();
}

function rejectLine({ rawId }: PageInput, index: number, entry: unknown): string {
  const text = JSON.stringify(entry).slice(0, LONGEST_TEXT).toWellFormed();
  return `${JSON.stringify({ raw_id: rawId, entry: index + 1, error: 'NOT A RECORD', text })}\n`;
}
