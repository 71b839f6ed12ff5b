import { t } from '@vscode/l10n';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { OrgwatchError } from '../shared/errors.ts';
import { utcDate, utcStamp } from '../shared/utc.ts';
import { makeFolders } from './folders.ts';
import type { LandedBytes } from './ledger-files.ts';
import { quarantineOf, type LakePaths } from './paths.ts';
import { provenanceFrame, type Provenance } from './provenance.ts';
import { storageError } from './storage-error.ts';

/** A file that is being written ends so, until it is complete. The lake worker's too. */
export const UNFINISHED = /\.(?:part|tmp)$/;

const ZSTD = {
  chunkSize: 128 << 10,
  params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
};

export interface StoreOptions {
  /** How long the body must be, where Salesforce said so. */
  readonly expectedBytes?: number | undefined;
  /** Of the body, in hexadecimal, where the caller has it already. */
  readonly sha256?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** Written into the file behind the data, so that the ledger can be made again from raw files alone. */
  readonly provenance?: Provenance | undefined;
}

/** The disk below one org's folder: whole files or none, readable by their owner only. */
export class Storage {
  readonly #paths: LakePaths;
  readonly #made = new Set<string>();

  constructor(paths: LakePaths) {
    this.#paths = paths;
  }

  /**
   * Makes the folders, and keeps the data folder out of version control.
   * @throws OrgwatchError DATA_FOLDER_DENIED, DISK_FULL
   */
  async prepare(): Promise<void> {
    const { folder, raw, lake } = this.#paths;
    const dataDir = path.dirname(folder);
    try {
      for (const place of [raw, lake]) makeFolders(place);
      await chmod(folder, 0o700);
      await writeFile(path.join(dataDir, '.gitignore'), '*\n', { flag: 'wx', mode: 0o600 }).catch(unlessThere);
    } catch (error) {
      throw storageError(error, dataDir);
    }
  }

  /**
   * Streams a body to `relative` below the org's folder: hashed, compressed, fsynced, then renamed into place.
   * @throws OrgwatchError DOWNLOAD_INCOMPLETE (retryable) when the body is not as long as expected, DISK_FULL,
   *   DATA_FOLDER_DENIED, and what the body fails with
   */
  async land(
    relative: string,
    body: Readable | Iterable<Uint8Array>,
    options: StoreOptions = {},
  ): Promise<LandedBytes> {
    const destination = this.#within(relative);
    const unfinished = `${destination}.${String(process.pid)}.part`;
    const hash = options.sha256 === undefined ? createHash('sha256') : undefined;
    let sha256 = options.sha256 ?? '';
    let bytes = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash?.update(chunk);
        bytes += chunk.length;
        options.onBytes?.(chunk.length);
        done(null, chunk);
      },
      flush(done) {
        if (hash) sha256 = hash.digest('hex');
        done();
      },
    });
    const { provenance } = options;
    const seal = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        done(null, chunk);
      },
      flush(done) {
        if (provenance) this.push(provenanceFrame({ ...provenance, sha256, bytes }));
        done();
      },
    });
    try {
      await this.#makeFolder(path.dirname(destination));
      const file = createWriteStream(unfinished, { mode: 0o600, flush: true });
      const abort = options.signal ? { signal: options.signal } : {};
      await pipeline(body, measure, createZstdCompress(ZSTD), seal, file, abort);
      const { expectedBytes } = options;
      if (expectedBytes !== undefined && bytes !== expectedBytes) throw incomplete(bytes, expectedBytes);
      await rename(unfinished, destination);
      await syncFolder(path.dirname(destination));
      return { path: relative, sha256, bytes, storedBytes: file.bytesWritten };
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw storageError(error, this.#paths.folder);
    }
  }

  /**
   * Stores a page of records, named after its times (ms since 1970, the first says the folder) and its hash: landing it
   * again writes the same file. @throws OrgwatchError as land
   */
  async landPage(
    source: string,
    times: readonly [number, ...number[]],
    page: Uint8Array,
    options: StoreOptions,
  ): Promise<LandedBytes> {
    const sha256 = createHash('sha256').update(page).digest('hex');
    const name = [...times.map(utcStamp), sha256.slice(0, 16)].join('-');
    return this.land(`raw/${source}/${utcDate(times[0])}/${name}.json.zst`, [page], { ...options, sha256 });
  }

  /** Deletes a published file, and what was put in quarantine beside it; false when the platform does not let go yet. */
  async removeUnit(file: string): Promise<boolean> {
    try {
      await rm(file, { force: true });
      await rm(quarantineOf(file), { force: true });
      return true;
    } catch {
      return false;
    }
  }

  /** Deletes what a killed run left half-written; how many files. Only for the one who holds the lease. */
  async sweep(): Promise<number> {
    let swept = 0;
    for (const folder of [this.#paths.raw, this.#paths.lake]) {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        if (!entry.isFile() || !UNFINISHED.test(entry.name)) continue;
        await rm(path.join(entry.parentPath, entry.name), { force: true });
        swept++;
      }
    }
    return swept;
  }

  /** The path below the org's folder; names from an org are segments by now, this is the second lock. */
  #within(relative: string): string {
    const destination = path.resolve(this.#paths.folder, relative);
    if (!destination.startsWith(this.#paths.folder + path.sep)) {
      throw new OrgwatchError('INTERNAL', t('{0} leads out of the data folder.', relative));
    }
    return destination;
  }

  async #makeFolder(folder: string): Promise<void> {
    if (this.#made.has(folder)) return;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    this.#made.add(folder);
  }
}

/** Makes a rename in a folder survive a power cut. Windows has no such thing, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

function incomplete(bytes: number, expected: number): OrgwatchError {
  return new OrgwatchError('DOWNLOAD_INCOMPLETE', t('A file of {0} bytes arrived with {1}.', expected, bytes), {
    retryable: true,
  });
}
