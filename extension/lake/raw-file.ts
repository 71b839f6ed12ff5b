import { createHash } from 'node:crypto';
import { createZstdDecompress } from 'node:zlib';
import type { OrgFolder } from './storage-folder.ts';

/** The bytes of a raw file as Salesforce sent them. */
export interface RawBytes {
  readonly bytes: Buffer;
  /** False when only the beginning was read: whole lines, where there are lines. */
  readonly whole: boolean;
  /** Of the bytes; undefined when only the beginning was read. */
  readonly sha256: string | undefined;
}

/**
 * Decompresses a raw file, at most `limit` bytes of it.
 * @throws OrgwatchError UNSAFE_PATH, the file system's error, or zlib's where the file is damaged
 */
export async function readRaw(folder: OrgFolder, file: string, limit: number): Promise<RawBytes> {
  const source = await folder.stream(file);
  const data = createZstdDecompress({ chunkSize: 1 << 18 });
  source.on('error', (error) => data.destroy(error));
  source.pipe(data);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of data as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) return { bytes: wholeLines(Buffer.concat(chunks, limit)), whole: false, sha256: undefined };
    }
  } finally {
    source.destroy();
  }
  const bytes = Buffer.concat(chunks);
  return { bytes, whole: true, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function wholeLines(bytes: Buffer): Buffer {
  const end = bytes.lastIndexOf(0x0a);
  return end < 0 ? bytes : bytes.subarray(0, end + 1);
}
