import { t } from '@vscode/l10n';
import { OrgwatchError } from '../shared/errors.ts';
import { unusable } from './answer-limits.ts';
import type { QueryPage } from './door.ts';

export interface ReadPage extends QueryPage {
  /** Whether `totalSize` is Salesforce's. */
  readonly sizeTold: boolean;
  /** Path of the next page, from the instance root. */
  readonly next: string | undefined;
}

/** Salesforce's pages have 2,000 at most; what is kept of each record is many times as long as the shortest record. */
const MOST_RECORDS = 10_000;

/**
 * One response of the query resource, `{totalSize, done, nextRecordsUrl?, records}`.
 * @throws OrgwatchError RESPONSE_INVALID (retryable) when it is not one, as when it was cut short; not retryable when it
 *   holds more records than a page has
 */
export function readPage(bytes: Uint8Array, purpose: string): ReadPage {
  const { totalSize, done, nextRecordsUrl, records } = recordOf(parseJson(bytes, purpose));
  if (!Array.isArray(records) || typeof done !== 'boolean' || (!done && typeof nextRecordsUrl !== 'string')) {
    throw invalid(purpose);
  }
  if (records.length > MOST_RECORDS) {
    throw unusable(t('A page of “{0}” holds more than the {1} records that it may have.', purpose, MOST_RECORDS));
  }
  const isSize = Number.isSafeInteger(totalSize) && Number(totalSize) >= 0;
  return {
    bytes,
    records: records as Record<string, unknown>[],
    totalSize: isSize ? Number(totalSize) : records.length,
    sizeTold: isSize,
    done,
    next: done ? undefined : String(nextRecordsUrl),
  };
}

/** Levels of an answer: Salesforce's have about ten. More make whoever walks through it run out of stack. */
const DEEPEST = 64;

export function isTooDeep(value: unknown): boolean {
  return isDeeper(value, DEEPEST);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}

/** What is no object has no properties. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** @throws OrgwatchError RESPONSE_INVALID (retryable) */
export function parseJson<T>(bytes: Uint8Array, purpose: string): T {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    // The parser's own words quote the answer.
    throw invalid(purpose);
  }
  if (isTooDeep(value)) throw invalid(purpose);
  return value as T;
}

export function invalid(purpose: string): OrgwatchError {
  return new OrgwatchError('RESPONSE_INVALID', t('The answer to “{0}” is not what Salesforce documents.', purpose), {
    actions: [t('Check that no proxy between here and Salesforce changes answers.')],
    retryable: true,
  });
}
