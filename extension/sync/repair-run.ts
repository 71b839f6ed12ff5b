import { chmod, lstat, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { listDisk } from '../lake/check-disk.ts';
import type { LakePaths } from '../lake/paths.ts';
import { utcStamp } from '../shared/utc.ts';
import type { Finding } from './check-report.ts';
import type { CareProgress, CheckParts } from './check-run.ts';
import type { PublishRun, RunParts } from './source-run.ts';

/** Where files go that are in the way: below the org's folder, by the time of the repair. */
const SET_ASIDE = 'set-aside';

export type RepairParts = PublishRun['parts'] & Pick<RunParts, 'log'> & Pick<CheckParts, 'onProgress'>;

/** One repair, and what it has done so far. */
export class RepairRun {
  readonly parts: RepairParts;
  readonly setAsideFiles: { readonly path: string; readonly to: string; readonly why: string }[];
  readonly left: Finding[] = [];
  adopted = 0;
  rebuiltUnits = 0;
  rebuiltRows = 0;
  published = 0;
  salvagedRows = 0;
  unfinished = 0;
  modes = 0;
  filesToFetch = 0;
  spansToFetch = 0;
  readonly #aside: Aside;

  constructor(parts: RepairParts, aside: Aside) {
    this.parts = parts;
    this.#aside = aside;
    this.setAsideFiles = aside.files;
  }

  setAside(file: string, why: string): Promise<void> {
    this.parts.log.warn(`${file} is set aside: ${why}`);
    return this.#aside.move(file, why);
  }

  tell(phase: CareProgress['phase'], done: number, total: number): void {
    this.parts.onProgress?.({ phase, done, total });
  }

  /** For publishing without a way to the org. */
  publishRun(source: string): PublishRun {
    return { parts: this.parts, source, rows: 0, misfits: 0, quarantined: 0, tell: () => undefined };
  }

  absolute(file: string): string {
    return path.join(this.parts.ledger.paths.folder, file);
  }

  /** Deletes what is half-written, and closes to others what they could read. */
  async tidy(): Promise<void> {
    const { ledger, storage } = this.parts;
    this.unfinished = await storage.sweep();
    for (const file of (await listDisk(ledger.paths)).open) {
      const place = this.absolute(file);
      await chmod(place, (await lstat(place)).isDirectory() ? 0o700 : 0o600);
      this.modes++;
    }
  }
}

/** Moves files of one org's folder out of the way, to where they would be found again. */
export class Aside {
  readonly files: { readonly path: string; readonly to: string; readonly why: string }[] = [];
  readonly #paths: LakePaths;
  readonly #folder: string;

  constructor(paths: LakePaths, now: number) {
    this.#paths = paths;
    this.#folder = path.join(SET_ASIDE, utcStamp(now));
  }

  /** @param file relative to the org's folder; nothing happens when it is not there */
  async move(file: string, why: string): Promise<void> {
    const to = path.join(this.#folder, file);
    const destination = path.join(this.#paths.folder, to);
    await mkdir(path.dirname(destination), { recursive: true, mode: 0o700 });
    try {
      await rename(path.join(this.#paths.folder, file), destination);
      this.files.push({ path: file, to: to.replaceAll(path.sep, '/'), why });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}
