import { t } from '@vscode/l10n';
import { existsSync, readdirSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { databaseError, makeDurable, openDatabase, transaction } from './database.ts';
import { LedgerBundles } from './ledger-bundles.ts';
import { LedgerCare } from './ledger-care.ts';
import { LedgerFiles } from './ledger-files.ts';
import { LedgerLease } from './ledger-lease.ts';
import { LedgerPrune } from './ledger-prune.ts';
import { LedgerRaw } from './ledger-raw.ts';
import { LedgerRuns } from './ledger-runs.ts';
import { LEDGER_MIGRATIONS } from './ledger-schema.ts';
import { LedgerScope } from './ledger-scope.ts';
import { LedgerUnits } from './ledger-units.ts';
import { LedgerVerifications } from './ledger-verifications.ts';
import { LedgerWindows } from './ledger-windows.ts';
import { lakePaths, type LakePaths } from './paths.ts';

export interface LedgerOrg {
  readonly orgId: string;
  readonly username: string;
  readonly instanceUrl: string;
}

/** What is known of one org's lake: the one source of truth for progress. All methods are synchronous. */
export class Ledger implements Disposable {
  readonly paths: LakePaths;
  readonly files: LedgerFiles;
  readonly raw: LedgerRaw;
  readonly units: LedgerUnits;
  readonly bundles: LedgerBundles;
  readonly windows: LedgerWindows;
  readonly runs: LedgerRuns;
  readonly lease: LedgerLease;
  readonly scope: LedgerScope;
  readonly care: LedgerCare;
  readonly prune: LedgerPrune;
  readonly verifications: LedgerVerifications;
  readonly #database: DatabaseSync;
  readonly #context: { file: string; name: string; whenCorrupt: readonly string[] };

  constructor(database: DatabaseSync, paths: LakePaths) {
    this.#database = database;
    this.paths = paths;
    this.#context = contextOf(paths);
    this.files = new LedgerFiles(database);
    this.raw = new LedgerRaw(database);
    this.units = new LedgerUnits(database, paths.folder);
    this.bundles = new LedgerBundles(database, paths.folder);
    this.windows = new LedgerWindows(database);
    this.runs = new LedgerRuns(database);
    this.lease = new LedgerLease(database);
    this.scope = new LedgerScope(database);
    this.care = new LedgerCare(database);
    this.prune = new LedgerPrune(database);
    this.verifications = new LedgerVerifications(database);
  }

  /** Runs `work` all or nothing. @throws OrgwatchError DISK_FULL, DATA_FOLDER_DENIED, LEDGER_CORRUPT, or what work throws */
  transaction<T>(work: () => T): T {
    try {
      return transaction(this.#database, work);
    } catch (error) {
      throw databaseError(error, this.#context);
    }
  }

  /** To be called before a file is deleted that the ledger no longer names: a power failure must not bring it back. */
  makeDurable(): void {
    try {
      makeDurable(this.#database);
    } catch (error) {
      throw databaseError(error, this.#context);
    }
  }

  /** Notes whose lake this is. */
  noteOrg(org: LedgerOrg, now: number): void {
    this.#database
      .prepare(
        `INSERT INTO org (org_id, username, instance_url, first_seen, last_seen) VALUES (?1, ?2, ?3, ?4, ?4)
         ON CONFLICT (org_id) DO UPDATE SET username = ?2, instance_url = ?3, last_seen = ?4`,
      )
      .run(org.orgId, org.username, org.instanceUrl, now);
  }

  org(): LedgerOrg | undefined {
    const row = this.#database.prepare('SELECT org_id, username, instance_url FROM org').get();
    return (
      row && {
        orgId: String(row['org_id']),
        username: String(row['username']),
        instanceUrl: String(row['instance_url']),
      }
    );
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}

/**
 * Opens the ledger of one org, making it when it does not exist yet.
 * @throws OrgwatchError LEDGER_CORRUPT, LEDGER_NEWER, DATA_FOLDER_DENIED, DISK_FULL
 */
export function openLedger(dataDir: string, orgId: string): Ledger {
  const paths = lakePaths(dataDir, orgId);
  return new Ledger(openDatabase({ ...contextOf(paths), migrations: LEDGER_MIGRATIONS }), paths);
}

/** Whether this folder has a lake of the org. */
export function hasLake(dataDir: string, orgId: string): boolean {
  return existsSync(lakePaths(dataDir, orgId).ledger);
}

/** The ids of the orgs that have a lake in this folder. */
export function orgsIn(dataDir: string): readonly string[] {
  if (!existsSync(dataDir)) return [];
  return readdirSync(dataDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && hasLake(dataDir, entry.name))
    .map((entry) => entry.name)
    .sort();
}

function contextOf(paths: LakePaths): { file: string; name: string; whenCorrupt: readonly string[] } {
  return {
    file: paths.ledger,
    name: t('The ledger'),
    whenCorrupt: [t('Move {0} away and sync again; raw files in it stay readable as evidence.', paths.folder)],
  };
}
