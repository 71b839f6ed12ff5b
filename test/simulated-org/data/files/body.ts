import { Block } from './block.ts';
import { totalBytes } from './log-row.ts';
import type { LogRow } from './log-row.ts';

/** Rows that stand in the file `copies` times (see {@link Block}). */
export interface Segment {
  readonly rows: readonly LogRow[];
  readonly copies: number;
}

const CHUNK = 128 * 1_024;

/** Exact length in bytes of the file that {@link streamBody} yields. */
export function bodyLength(header: string, segments: readonly Segment[]): number {
  return segments.reduce((sum, { rows, copies }) => sum + totalBytes(rows) * copies, Buffer.byteLength(header));
}

export function rowCount(segments: readonly Segment[]): number {
  return segments.reduce((sum, { rows, copies }) => sum + rows.length * copies, 0);
}

/** The file's bytes, in chunks of about 128 KB, made as they are read: a file of any length costs a few blocks. */
export async function* streamBody(header: string, segments: readonly Segment[]): AsyncGenerator<Uint8Array> {
  let pending: Buffer[] = [Buffer.from(header)];
  let size = pending[0]?.length ?? 0;
  for (const segment of segments) {
    for (const block of blocksOf(segment.rows)) {
      for (let copy = 0; copy < segment.copies; copy++) {
        const bytes = block.copy(copy);
        pending.push(bytes);
        size += bytes.length;
        if (size < CHUNK / 2) continue;
        yield pending.length === 1 ? bytes : Buffer.concat(pending, size);
        pending = [];
        size = 0;
      }
    }
  }
  if (size > 0) yield Buffer.concat(pending, size);
}

function* blocksOf(rows: readonly LogRow[]): Generator<Block> {
  let start = 0;
  let size = 0;
  for (let index = 0; index < rows.length; index++) {
    size += rows[index]?.bytes ?? 0;
    if (size >= CHUNK || index === rows.length - 1) {
      yield new Block(rows.slice(start, index + 1));
      start = index + 1;
      size = 0;
    }
  }
}
