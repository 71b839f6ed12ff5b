import { t } from '@vscode/l10n';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { OrgwatchError } from '../shared/errors.ts';
import { utcDate, utcStamp } from '../shared/utc.ts';
import type { LandedBytes } from './ledger-files.ts';
import { quarantineOf, relativeTo, type LakePaths } from './paths.ts';
import { provenanceFrame, type Provenance } from './provenance.ts';
import { isLakeFile, isUnfinished } from './repair-paths.ts';
import { storageError } from './storage-error.ts';
import { OrgFolder } from './storage-folder.ts';

const ZSTD = {
  chunkSize: 128 << 10,
  params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
};

export interface StoreOptions {
  /** Sees the body piece by piece; what it throws ends it. */
  readonly look?: ((chunk: Buffer) => void) | undefined;
  /** Sees the whole body, by its length and hash, before it becomes a file; what it throws prevents that. */
  readonly accept?: ((body: Pick<LandedBytes, 'bytes' | 'sha256'>) => void) | undefined;
  /** Of the body, in hexadecimal, where the caller has it already. */
  readonly sha256?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** Written into the file behind the data, so that the ledger can be made again from raw files alone. */
  readonly provenance?: Provenance | undefined;
}

/** The disk below one org's folder: whole files or none, readable by their owner only. */
export class Storage {
  readonly folder: OrgFolder;
  readonly #paths: LakePaths;

  constructor(paths: LakePaths) {
    this.#paths = paths;
    this.folder = new OrgFolder(paths.folder);
  }

  /**
   * Makes the folders, and keeps the data folder out of version control.
   * @throws OrgwatchError DATA_FOLDER_DENIED, DISK_FULL, UNSAFE_PATH
   */
  async prepare(): Promise<void> {
    const { folder, raw, lake } = this.#paths;
    const dataDir = path.dirname(folder);
    try {
      this.folder.make();
      for (const place of [raw, lake]) await this.folder.makeFolder(place);
      await this.folder.closeToOthers(folder);
      await writeFile(path.join(dataDir, '.gitignore'), '*\n', { flag: 'wx', mode: 0o600 }).catch(unlessThere);
    } catch (error) {
      throw storageError(error, dataDir);
    }
  }

  /**
   * Streams a body to `relative` below the org's folder: hashed, compressed, fsynced, then renamed into place.
   * @throws OrgwatchError DISK_FULL, DATA_FOLDER_DENIED, UNSAFE_PATH, what the body fails with, and what `look` and
   *   `accept` throw
   */
  async land(
    relative: string,
    body: Readable | Iterable<Uint8Array>,
    options: StoreOptions = {},
  ): Promise<LandedBytes> {
    this.folder.within(relative);
    const unfinished = `${relative}.${String(process.pid)}.part`;
    const hash = options.sha256 === undefined ? createHash('sha256') : undefined;
    let sha256 = options.sha256 ?? '';
    let bytes = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        try {
          options.look?.(chunk);
        } catch (error) {
          done(error as Error);
          return;
        }
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
      const file = (await this.folder.create(unfinished)).createWriteStream({ flush: true });
      const abort = options.signal ? { signal: options.signal } : {};
      await pipeline(body, measure, createZstdCompress(ZSTD), seal, file, abort);
      options.accept?.({ bytes, sha256 });
      await this.folder.replace(unfinished, relative);
      return { path: relative, sha256, bytes, storedBytes: file.bytesWritten };
    } catch (error) {
      await this.folder.remove(unfinished).catch(() => undefined);
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

  /**
   * Deletes a file that the ledger no longer names, and what was put in quarantine beside it; false when the platform
   * does not let go of it yet. @throws OrgwatchError UNSAFE_PATH where Orgwatch would give no file that name
   */
  async removeUnit(file: string): Promise<boolean> {
    const relative = relativeTo(this.#paths.folder, file);
    if (!isLakeFile(relative)) throw notOurs(relative);
    try {
      await this.folder.remove(file);
      await this.folder.remove(quarantineOf(file));
      return true;
    } catch (error) {
      if (error instanceof OrgwatchError) throw error;
      return false;
    }
  }

  /** Deletes what a killed run left half-written; how many files. Only for the one who holds the lease. */
  async sweep(): Promise<number> {
    let swept = 0;
    for (const folder of [this.#paths.raw, this.#paths.lake]) {
      for (const entry of await this.folder.list(folder)) {
        if (entry.kind !== 'file' || !isUnfinished(relativeTo(this.#paths.folder, entry.path))) continue;
        await this.folder.remove(entry.path);
        swept++;
      }
    }
    return swept;
  }
}

function notOurs(file: string): OrgwatchError {
  return new OrgwatchError(
    'UNSAFE_PATH',
    t('The ledger lists {0} to be deleted. It is not an Orgwatch file and was left alone.', file),
    {
      actions: [t('Run `orgwatch repair`: it rebuilds the ledger from the files that are there.')],
    },
  );
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** A body that is not as long as it should be. */
export function incomplete(bytes: number, expected: number): OrgwatchError {
  return new OrgwatchError('DOWNLOAD_INCOMPLETE', t('A file of {0} bytes arrived with {1}.', expected, bytes), {
    retryable: true,
  });
}
