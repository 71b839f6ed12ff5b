import { randomUUID } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolders } from './folders.ts';
import { segment, stateDir } from './paths.ts';

/** A lake that was made on this machine, or that its user trusts. */
export interface KnownLake {
  /** As the ledger has it; made by chance, so that nobody who has not seen the lake can guess it. */
  readonly id: string;
  /** The org's folders in which it was seen, the newest last. */
  readonly folders: readonly string[];
  /** The files that its ledger was seen to be, as `fileId` has them, the newest last. */
  readonly files: readonly string[];
}

/** Copies of a lake that are remembered. */
const MOST_COPIES = 20;
const ID = /^[0-9a-f]{32}$/;

/**
 * The lakes of one org that this user has on this machine: one small file each in the state folder, where no repository,
 * archive or share that somebody else made can put one.
 */
export class KnownLakes {
  readonly #folder: string;

  constructor(orgId: string, folder: string = stateDir()) {
    this.#folder = path.join(folder, 'lakes', segment(orgId));
  }

  /** What is not there, or says something else, is not known: its user is asked once more. @throws what the file system says */
  all(): readonly KnownLake[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder).flatMap((name) => this.#read(path.basename(name, '.json')) ?? []);
  }

  /** @throws what the file system says */
  add(id: string, folder: string, file?: string): void {
    if (!ID.test(id)) return;
    const { folders = [], files = [] } = this.#read(id) ?? {};
    const lake = { id, folders: withNewest(folders, folder), files: withNewest(files, file) };
    makeFolders(this.#folder);
    const made = path.join(this.#folder, `${randomUUID()}.tmp`);
    writeFileSync(made, `${JSON.stringify(lake)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(made, path.join(this.#folder, `${id}.json`));
  }

  #read(id: string): KnownLake | undefined {
    const file = path.join(this.#folder, `${id}.json`);
    if (!ID.test(id) || !existsSync(file)) return undefined;
    const text = readFileSync(file, 'utf8');
    try {
      const { folders, files = [] } = JSON.parse(text) as Partial<KnownLake>;
      return Array.isArray(folders) && Array.isArray(files) ? { id, folders, files } : undefined;
    } catch {
      return undefined;
    }
  }
}

function withNewest(known: readonly string[], newest: string | undefined): readonly string[] {
  if (newest === undefined) return known;
  return [...known.filter((each) => each !== newest), newest].slice(-MOST_COPIES);
}

/**
 * Tells one file from all others that had, or will have, its name; undefined when it is not there. Git and archives put a
 * file of their own in the place of another, and a file system may give that the number of the other: not its birth.
 */
export function fileId(file: string): string | undefined {
  const found = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  return found && [found.ino, found.birthtimeNs].join(' ');
}
