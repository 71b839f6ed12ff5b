import { pipeline } from 'node:stream/promises';
import { createZstdDecompress, zstdDecompressSync } from 'node:zlib';
import { cellsOf } from './publish-csv-record.ts';
import { CsvScanner } from './publish-scanner.ts';
import type { OrgFolder } from './storage-folder.ts';

/** What one pass over the bytes of a raw CSV file tells before DuckDB reads it. */
export interface CsvSurvey {
  /** The cells of the header record; empty when the file is. */
  readonly header: readonly string[];
  /** Records after the header; a line without anything counts in files of one column only. */
  readonly records: number;
  /** True when every quote stands where RFC 4180 has it and all lines end in the same way; else `records` is no count. */
  readonly regular: boolean;
  /** True when a quoted value contains a line break. */
  readonly brokenLines: boolean;
  /** True when any of the control characters U+001D to U+001F occurs. */
  readonly marks: boolean;
  /** How the header ends, and with it every record. */
  readonly lineEnd: '\n' | '\r\n';
  /** Size of the file, decompressed. */
  readonly bytes: number;
  /** Offsets at which the file can be cut in pieces: the first record after the header, then a record every few megabytes. */
  readonly cuts: readonly number[];
}

/**
 * Walks over a zstd-compressed CSV file without keeping any of it but the header.
 *
 * DuckDB's parallel CSV reader guesses where a record starts in the middle of a file, and guesses wrong where quoted
 * values contain line breaks: rows are lost, or made up from what somebody wrote into a value. So only a file known to
 * have no such value is read in parallel as it is.
 */
export async function surveyCsv(folder: OrgFolder, file: string, signal?: AbortSignal): Promise<CsvSurvey> {
  const scanner = new CsvScanner();
  await pipeline(
    await folder.stream(file),
    createZstdDecompress({ chunkSize: 1 << 18 }),
    async (bytes: AsyncIterable<Buffer>) => {
      for await (const chunk of bytes) scanner.scan(chunk);
    },
    signal ? { signal } : {},
  );
  return surveyOf(scanner);
}

/** What a file that is small compressed may hold, to be looked at at once; a few kilobytes can hold gigabytes. */
const SMALL = 16 << 20;

/** The same of a file that is small, at once; undefined when it is not. */
export async function surveySmallCsv(folder: OrgFolder, file: string): Promise<CsvSurvey | undefined> {
  const bytes = decompressSmall(await readWhole(folder, file));
  if (bytes === undefined) return undefined;
  const scanner = new CsvScanner();
  scanner.scan(bytes);
  return surveyOf(scanner);
}

async function readWhole(folder: OrgFolder, file: string): Promise<Buffer> {
  const handle = await folder.read(file);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function decompressSmall(compressed: Buffer): Buffer | undefined {
  try {
    return zstdDecompressSync(compressed, { maxOutputLength: SMALL });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}

function surveyOf(scanner: CsvScanner): CsvSurvey {
  scanner.end();
  const { lines, blankLines, regular, brokenLines, marks, bytes, cuts } = scanner;
  const line = scanner.header.toString('utf8');
  const header = lines === 0 ? [] : cellsOf(line.replace(/\r$/, ''));
  const records = Math.max(0, lines - 1) + (header.length === 1 ? blankLines : 0);
  const lineEnd = line.endsWith('\r') ? '\r\n' : '\n';
  return { header, records, regular, brokenLines, marks, lineEnd, bytes, cuts };
}
