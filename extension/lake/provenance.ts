import { createHash } from 'node:crypto';
import type { DiscoveredFile } from './ledger-files.ts';
import type { OrgFolder } from './storage-folder.ts';

/** Where a raw file comes from: with the file itself, all that the ledger knows of it. */
export interface Provenance {
  readonly orgId: string;
  readonly username: string;
  readonly instanceUrl: string;
  readonly source: string;
  /** ISO 8601. */
  readonly landedAt: string;
  readonly eventLogFile?: Omit<DiscoveredFile, 'source'>;
  readonly page?: PageProvenance;
}

/** A response page of records; times in ms since 1970. */
export interface PageProvenance {
  readonly rows: number;
  readonly eventFrom: number;
  readonly eventTo: number;
  /** The page holds all records of the source from here (null: from the beginning) to there. */
  readonly coversFrom: number | null;
  readonly coversTo: number;
  /** Of a snapshot: whether it is complete with this page. */
  readonly isLast?: boolean;
  /** Not as Salesforce sent it: written from the rows that the lake had of a page that was lost. */
  readonly salvaged?: true;
}

/** As it is written into the raw file, with what landing found out: SHA-256 and length of the bytes that were sent. */
export interface SealedProvenance extends Provenance {
  readonly sha256: string;
  readonly bytes: number;
}

/** Zstandard Compression Format (RFC 8878), 3.1.2: readers pass over frames with this number. */
const SKIPPABLE_FRAME = 0x184d2a57;
const FRAME_HEADER = 8;
const SIGNATURE = Buffer.from('orgwatch', 'ascii');
/** Length of the JSON, the beginning of its SHA-256, the signature: how the frame is found from the end of the file. */
const DIGEST = 8;
const FOOTER = 4 + DIGEST + SIGNATURE.length;
const LONGEST = 1 << 20;

/**
 * A zstd frame to put behind those of the data. Every reader of zstd passes over it, so that the file still
 * decompresses to the very bytes that Salesforce sent, and what is known of it can never be parted from it.
 */
export function provenanceFrame(provenance: SealedProvenance): Buffer {
  const json = Buffer.from(JSON.stringify(provenance), 'utf8');
  const header = Buffer.alloc(FRAME_HEADER);
  header.writeUInt32LE(SKIPPABLE_FRAME, 0);
  header.writeUInt32LE(json.length + FOOTER, 4);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length, 0);
  return Buffer.concat([header, json, length, digestOf(json), SIGNATURE]);
}

/**
 * The provenance at the end of a raw file; undefined when it carries none that can be read.
 * @throws OrgwatchError UNSAFE_PATH, and what the file system says
 */
export async function readProvenance(folder: OrgFolder, file: string): Promise<SealedProvenance | undefined> {
  const handle = await folder.read(file);
  try {
    const { size } = await handle.stat();
    const read = async (length: number, position: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    };
    if (size < FRAME_HEADER + FOOTER) return undefined;
    const footer = await read(FOOTER, size - FOOTER);
    const length = footer.readUInt32LE(0);
    const start = size - FOOTER - length;
    const isOurs = footer.subarray(4 + DIGEST).equals(SIGNATURE);
    if (!isOurs || length > LONGEST || start < FRAME_HEADER) return undefined;
    const json = await read(length, start);
    return digestOf(json).equals(footer.subarray(4, 4 + DIGEST)) ? parse(json) : undefined;
  } finally {
    await handle.close();
  }
}

function digestOf(json: Buffer): Buffer {
  return createHash('sha256').update(json).digest().subarray(0, DIGEST);
}

function parse(json: Buffer): SealedProvenance | undefined {
  try {
    const value = JSON.parse(json.toString('utf8')) as Partial<SealedProvenance> | null;
    const { source, sha256, bytes, page, eventLogFile } = value ?? {};
    const isWhole = typeof source === 'string' && typeof sha256 === 'string' && typeof bytes === 'number';
    return isWhole && (page ?? eventLogFile) !== undefined ? (value as SealedProvenance) : undefined;
  } catch {
    return undefined;
  }
}
