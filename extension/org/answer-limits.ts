import { t } from '@vscode/l10n';
import { OrgwatchError } from '../shared/errors.ts';

const MB = 2 ** 20;

/** The largest page of records, in bytes: publishing reads no larger one. */
export const MOST_PAGE_BYTES = 64 * MB;

/** Any other answer that is held in memory: JSON, text, SOAP. */
export const MOST_ANSWER_BYTES = 32 * MB;

/** What is read of an error body; Salesforce's are below 10 KB. */
export const MOST_ERROR_BYTES = 256 * 1024;

/** A file that is streamed to disk and whose length nobody declared. */
export const MOST_STREAM_BYTES = 8 * 1024 * MB;

/** A body that is held in memory is whole by then, in ms: at one byte a minute it would hold its caller for years. */
export const LONGEST_BODY_MS = 15 * 60_000;

/** Bytes that one compressed byte may become; log files become 10 to 40, and gzip ends at 1,032. */
const MOST_RATIO = 250;

/** Below this no ratio is a danger. */
const RATIO_FROM = 16 * MB;

/** Counts a body while it is decompressed. `check` throws as soon as it is more than it may be. */
export class BodySize {
  readonly #most: number;
  #received = 0;
  #decoded = 0;

  constructor(most: number) {
    this.#most = most;
  }

  receive(bytes: number): void {
    this.#received += bytes;
  }

  /** @throws OrgwatchError RESPONSE_INVALID */
  decode(bytes: number): void {
    this.#decoded += bytes;
    if (this.#decoded > this.#most) throw tooLarge(this.#most);
    if (this.#decoded > RATIO_FROM && this.#decoded > MOST_RATIO * this.#received) {
      throw unusable(t('The answer grows more than {0}-fold when it is decompressed.', MOST_RATIO));
    }
  }
}

/** Asking again would bring the same, so that none of these is retried. */
export function unusable(message: string): OrgwatchError {
  return new OrgwatchError('RESPONSE_INVALID', message, {
    actions: [t('Check that no proxy between here and Salesforce changes answers.')],
  });
}

export function tooLarge(most: number): OrgwatchError {
  return unusable(t('The answer is longer than the {0} bytes that it may have.', most));
}
