import { t } from '@vscode/l10n';
import { OrgwatchError } from '../shared/errors.ts';
import type { QueryPage } from './door.ts';

export interface ReadPage extends QueryPage {
  /** Path of the next page, from the instance root. */
  readonly next: string | undefined;
}

/**
 * One response of the query resource, `{totalSize, done, nextRecordsUrl?, records}`.
 * @throws OrgwatchError RESPONSE_INVALID (retryable) when it is not one, as when it was cut short
 */
export function readPage(bytes: Uint8Array, purpose: string): ReadPage {
  const page = parseJson<{ totalSize?: unknown; done?: unknown; nextRecordsUrl?: unknown; records?: unknown }>(
    bytes,
    purpose,
  );
  const { totalSize, done, nextRecordsUrl, records } = page;
  if (!Array.isArray(records) || typeof done !== 'boolean' || (!done && typeof nextRecordsUrl !== 'string')) {
    throw invalid(purpose);
  }
  return {
    bytes,
    records: records as Record<string, unknown>[],
    totalSize: typeof totalSize === 'number' ? totalSize : records.length,
    done,
    next: done ? undefined : String(nextRecordsUrl),
  };
}

/** @throws OrgwatchError RESPONSE_INVALID (retryable) */
export function parseJson<T>(bytes: Uint8Array, purpose: string): T {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as T;
  } catch (error) {
    throw invalid(purpose, error);
  }
}

function invalid(purpose: string, cause?: unknown): OrgwatchError {
  return new OrgwatchError('RESPONSE_INVALID', t('The answer to “{0}” is not what Salesforce documents.', purpose), {
    actions: [t('Check that no proxy between here and Salesforce changes answers.')],
    retryable: true,
    ...(cause === undefined ? {} : { cause }),
  });
}
