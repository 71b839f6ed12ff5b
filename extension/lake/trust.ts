import { t } from '@vscode/l10n';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { OrgwatchError } from '../shared/errors.ts';
import { hasCalled } from './calls.ts';
import { KnownLakes, type KnownLake } from './known-lakes.ts';
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
  if (known && !known.folders.includes(paths.folder)) trust(paths, known.id);
  // Before lakes were told apart, whoever had called the org from here had its lake here.
  return known !== undefined || (isOlder && lakes.length === 0 && hasCalled(orgOf(paths)));
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
  new KnownLakes(orgOf(paths)).add(id, paths.folder);
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
    } catch {
      return true;
    }
  });
}

function knownLakes(paths: LakePaths): readonly KnownLake[] {
  return new KnownLakes(orgOf(paths)).all();
}

function orgOf({ folder }: LakePaths): string {
  return path.basename(folder);
}
