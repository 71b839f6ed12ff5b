import { t } from '@vscode/l10n';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { OrgwatchError } from '../shared/errors.ts';
import { hadLake } from './calls.ts';
import { fileId, KnownLakes, type KnownLake } from './known-lakes.ts';
import type { LedgerIdentity } from './ledger-identity.ts';
import type { LakePaths } from './paths.ts';

/** What of a ledger is asked. */
interface Lake {
  readonly paths: LakePaths;
  readonly identity: LedgerIdentity;
  readonly isOlder: boolean;
}

/**
 * Whether a lake was made on this machine, or its user has said that it may be used. A folder that came with a repository
 * or an archive says what whoever made it wanted: cursors that pass over events, rows that never were.
 */
export function isTrusted({ paths, identity, isOlder }: Lake): boolean {
  const lakes = knownLakes(paths);
  const known = lakes.find(({ id }) => identity.is(id));
  if (known && !isNoted(known, paths)) trust(paths, known.id);
  // Before lakes were told apart, whoever called the org from here had its lake here.
  return known !== undefined || (isOlder && lakes.length === 0 && hadLake(orgOf(paths)));
}

/** @throws OrgwatchError LAKE_NOT_TRUSTED unless isTrusted */
export function requireTrusted(lake: Lake): void {
  if (isTrusted(lake)) return;
  throw new OrgwatchError('LAKE_NOT_TRUSTED', t('The lake in {0} was not made on this machine.', lake.paths.folder), {
    actions: [t('Use it only if you know who made it: `orgwatch trust` checks it, and asks once.')],
  });
}

/** From here on the lake of this id is used without a question. */
export function trust(paths: LakePaths, id: string): void {
  new KnownLakes(orgOf(paths)).add(id, paths.folder, fileId(paths.ledger));
}

/** Whether the ledger is a file that was found to be that of a lake of this machine, and nobody has put another in its place. */
export function isKnownLedger(paths: LakePaths): boolean {
  return knownLakes(paths).some((lake) => isNoted(lake, paths));
}

/** Whether a lake of this machine lies, or lay, in an org's folder. */
export function isKnownFolder(paths: LakePaths): boolean {
  return knownLakes(paths).some(({ folders }) => folders.includes(paths.folder));
}

/** Whether nothing that anybody pulled lies in an org's folder. */
export function isEmptyFolder({ raw, lake }: LakePaths): boolean {
  return [raw, lake].every((folder) => {
    try {
      return readdirSync(folder).length === 0;
    } catch (error) {
      // What is there and cannot be looked into may hold anything.
      return (error as NodeJS.ErrnoException).code === 'ENOENT';
    }
  });
}

function isNoted({ folders, files }: KnownLake, { folder, ledger }: LakePaths): boolean {
  return folders.includes(folder) && files.includes(fileId(ledger) ?? '');
}

function knownLakes(paths: LakePaths): readonly KnownLake[] {
  return new KnownLakes(orgOf(paths)).all();
}

function orgOf({ folder }: LakePaths): string {
  return path.basename(folder);
}
