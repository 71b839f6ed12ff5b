import { mkdir, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import type { CsvSurvey } from './publish-survey.ts';

/** What one thread of DuckDB's CSV reader takes of a file; a file below that is read from its start, and so rightly. */
const ONE_THREAD = 8_000_000;

/** True for files that would take one thread long, and that fall into pieces of which each takes one thread. */
export function isWorthSplitting({ regular, brokenLines, bytes, cuts }: CsvSurvey): boolean {
  if (!regular || !brokenLines || bytes < ONE_THREAD) return false;
  return cuts.every((cut, index) => (cuts[index + 1] ?? bytes) - cut < ONE_THREAD);
}

/**
 * Writes the records after the header of a zstd-compressed CSV file to plain files in `folder`, cut where a survey
 * found records to start, each named after its offset; their paths.
 */
export async function splitCsv(
  source: Readable,
  { cuts: starts, bytes: size }: CsvSurvey,
  folder: string,
  signal: AbortSignal,
): Promise<string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const cuts = starts.filter((start) => start < size);
  const paths = cuts.map((cut) => path.join(folder, `${String(cut)}.csv`));
  await pipeline(
    source,
    createZstdDecompress({ chunkSize: 1 << 18 }),
    (bytes: AsyncIterable<Buffer>) => writePieces(bytes, cuts, paths),
    { signal },
  );
  return paths;
}

async function writePieces(
  bytes: AsyncIterable<Buffer>,
  cuts: readonly number[],
  paths: readonly string[],
): Promise<void> {
  let piece: FileHandle | undefined;
  let started = 0;
  let offset = 0;
  try {
    for await (const chunk of bytes) {
      for (let from = 0; from < chunk.length;) {
        const cut = (cuts[started] ?? Infinity) - offset;
        if (cut <= from) {
          await piece?.close();
          piece = await open(paths[started++] ?? '', 'w', 0o600);
          continue;
        }
        const part = chunk.subarray(from, cut);
        await piece?.appendFile(part);
        from += part.length;
      }
      offset += chunk.length;
    }
  } finally {
    await piece?.close();
  }
}
