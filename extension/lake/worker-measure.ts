import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { throwIfCancelled } from '../shared/abort.ts';
import { messageOf } from '../shared/errors.ts';
import type { RawFile, RawMeasure, Unreadable } from './proof.ts';
import { RecordCount } from './record-count.ts';
import type { OrgFolder } from './storage-folder.ts';

/** Reads raw files from end to end. See LakeWorker.measure. */
export async function measureRawFiles(
  folder: OrgFolder,
  files: readonly RawFile[],
  signal: AbortSignal,
): Promise<(RawMeasure | Unreadable)[]> {
  const measures: (RawMeasure | Unreadable)[] = [];
  for (const file of files) {
    try {
      measures.push(await measure(folder, file, signal));
    } catch (error) {
      throwIfCancelled(signal);
      measures.push({ path: file.path, problem: messageOf(error) });
    }
  }
  return measures;
}

async function measure(folder: OrgFolder, { path, format }: RawFile, signal: AbortSignal): Promise<RawMeasure> {
  const hash = createHash('sha256');
  const count = format === 'event-log-csv' ? new RecordCount() : undefined;
  let bytes = 0;
  const drain = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      count?.take(chunk);
      bytes += chunk.length;
    }
  };
  await pipeline(await folder.stream(path), createZstdDecompress({ chunkSize: 1 << 18 }), drain, { signal });
  return { path, sha256: hash.digest('hex'), bytes, records: count?.end() ?? null };
}
