import { t } from '@vscode/l10n';
import path from 'node:path';
import { listDisk } from '../lake/check-disk.ts';
import type { OrgFolder } from '../lake/storage-folder.ts';
import { utcStamp } from '../shared/utc.ts';
import type { Finding } from './check-report.ts';
import type { CareProgress, CheckParts } from './check-run.ts';
import type { PublishRun } from './source-run.ts';

/** Where files go that are in the way: below the org's folder, by the time of the repair. */
const SET_ASIDE = 'set-aside';

export type RepairParts = PublishRun['parts'] & Pick<CheckParts, 'onProgress'>;

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
    return { parts: this.parts, source, rows: 0, misfits: 0, quarantined: 0, unpublished: [], tell: () => undefined };
  }

  absolute(file: string): string {
    return this.parts.storage.folder.within(file);
  }

  /** Deletes what is half-written, moves links out of the way, and closes to others what they could read. */
  async tidy(): Promise<void> {
    const { ledger, storage } = this.parts;
    this.unfinished = await storage.sweep();
    const { open, foreign } = await listDisk(ledger.paths);
    for (const file of foreign) await this.setAside(file, t('Orgwatch creates no links, and follows none.'));
    for (const file of open) {
      await storage.folder.closeToOthers(file);
      this.modes++;
    }
  }
}

/** Moves files of one org's folder out of the way, to where they would be found again. */
export class Aside {
  readonly files: { readonly path: string; readonly to: string; readonly why: string }[] = [];
  readonly #orgFolder: OrgFolder;
  readonly #folder: string;

  constructor(orgFolder: OrgFolder, now: number) {
    this.#orgFolder = orgFolder;
    this.#folder = `${SET_ASIDE}/${utcStamp(now)}`;
  }

  /** @param file relative to the org's folder; nothing happens when it is not there */
  async move(file: string, why: string): Promise<void> {
    const to = `${this.#folder}/${file.replaceAll(path.sep, '/')}`;
    if (await this.#orgFolder.move(file, to)) this.files.push({ path: file, to, why });
  }
}
