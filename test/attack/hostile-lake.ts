import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openLedger } from '../../extension/lake/ledger.ts';
import { lakePaths, type LakePaths } from '../../extension/lake/paths.ts';
import { listing } from '../support/listing.ts';

export const ORG = '00DHs0000004CA4MAM';

/** A data folder that somebody else has prepared, and beside it a place of the user's own that must stay as it is. */
export class HostileLake implements AsyncDisposable {
  readonly root: string;
  readonly dataDir: string;
  readonly paths: LakePaths;
  /** A folder of the user's with files in it. */
  readonly home: string;

  constructor(root: string) {
    this.root = root;
    this.dataDir = path.join(root, 'repo', '.orgwatch');
    this.paths = lakePaths(this.dataDir, ORG);
    this.home = path.join(root, 'home');
  }

  static async make(): Promise<HostileLake> {
    const lake = new HostileLake(await mkdtemp(path.join(os.tmpdir(), 'orgwatch-attack-')));
    await mkdir(path.join(lake.home, 'deep'), { recursive: true });
    for (const name of ['id_ed25519', 'thesis.tmp', 'film.part', 'deep/day.parquet', 'deep/ledger.sqlite']) {
      await writeFile(path.join(lake.home, name), `mine: ${name}`, { mode: 0o644 });
    }
    await mkdir(path.dirname(lake.dataDir), { recursive: true });
    return lake;
  }

  /** A ledger as this build makes it, with whatever is then written into it. */
  ledger(...statements: readonly (readonly [sql: string, ...values: (string | number | bigint | null)[]])[]): void {
    openLedger(this.dataDir, ORG)[Symbol.dispose]();
    using database = new DatabaseSync(this.paths.ledger);
    for (const [sql, ...values] of statements) database.prepare(sql).run(...values);
  }

  /** The path to a file of the user's, as a ledger would name it. */
  toHome(name: string): string {
    return path.relative(this.paths.folder, path.join(this.home, name));
  }

  /** Every file, folder and link of the user's own: what it holds, its mode and its time. */
  async homeState(): Promise<readonly string[]> {
    return listing(this.home);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}
