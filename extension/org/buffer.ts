import { t } from '@vscode/l10n';
import type { Readable } from 'node:stream';
import { OrgwatchError } from '../shared/errors.ts';
import { LONGEST_BODY_MS, tooLarge } from './answer-limits.ts';

/**
 * The whole body. stream/consumers goes through a Blob, which takes a second copy and many turns.
 * @throws OrgwatchError RESPONSE_INVALID when it is longer than `most` bytes, DOWNLOAD_INCOMPLETE when it does not end
 */
export async function buffer(body: Readable, most = Infinity): Promise<Buffer> {
  const timer = setTimeout(() => body.destroy(tooSlow()), LONGEST_BODY_MS);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > most) throw tooLarge(most);
      chunks.push(chunk);
    }
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks);
}

function tooSlow(): OrgwatchError {
  return new OrgwatchError(
    'DOWNLOAD_INCOMPLETE',
    t('The answer has not ended after {0} minutes.', LONGEST_BODY_MS / 60_000),
  );
}
