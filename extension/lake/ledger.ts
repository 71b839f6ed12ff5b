import { t } from '@vscode/l10n';
import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { withOurWords } from './database-errors.ts';
import { isThere, makeDurable, openDatabase, readDatabase, transaction } from './database.ts';
import type { DatabaseOptions } from './database-options.ts';
import { LedgerAbsences } from './ledger-absences.ts';
import { LedgerAside } from './ledger-aside.ts';
import { LedgerBundles } from './ledger-bundles.ts';
import { LedgerCare } from './ledger-care.ts';
import { LedgerFiles } from './ledger-files.ts';
import { LedgerIdentity } from './ledger-identity.ts';
import { LedgerLease } from './ledger-lease.ts';
import { LedgerPrune } from './ledger-prune.ts';
import { LedgerRaw } from './ledger-raw.ts';
import { LedgerRuns } from './ledger-runs.ts';
import { LEDGER_MIGRATIONS } from './ledger-schema.ts';
import { LedgerScope } from './ledger-scope.ts';
import { LedgerSpans } from './ledger-spans.ts';
import { LedgerUnits } from './ledger-units.ts';
import { LedgerVerifications } from './ledger-verifications.ts';
import { vetLedger, type VetBudget } from './ledger-vet.ts';
import { LedgerWindows } from './ledger-windows.ts';
import { lakePaths, stateDir, type LakePaths } from './paths.ts';
import { storageError } from './storage-error.ts';
import { OrgFolder } from './storage-folder.ts';
import { isEmptyFolder, isKnownFolder, isKnownLedger, isTrusted, trust } from './trust.ts';

/** Version of the schema that tells lakes apart. */
const FIRST_WITH_IDENTITY = 8;

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
  readonly absences: LedgerAbsences;
  readonly aside: LedgerAside;
  readonly spans: LedgerSpans;
  readonly runs: LedgerRuns;
  readonly lease: LedgerLease;
  readonly scope: LedgerScope;
  readonly care: LedgerCare;
  readonly prune: LedgerPrune;
  readonly verifications: LedgerVerifications;
  readonly identity: LedgerIdentity;
  /** The ledger, or what it is read from, was of an older schema a moment ago. */
  isOlder = false;
  readonly #database: DatabaseSync;
  readonly #close: () => void;

  constructor(opened: DatabaseSync, paths: LakePaths, close = () => opened.close()) {
    const database = withOurWords(opened, optionsOf(paths));
    this.#database = database;
    this.#close = close;
    this.paths = paths;
    this.files = new LedgerFiles(database);
    this.raw = new LedgerRaw(database);
    this.units = new LedgerUnits(database, paths.folder);
    this.bundles = new LedgerBundles(database, paths.folder);
    this.windows = new LedgerWindows(database);
    this.absences = new LedgerAbsences(database);
    this.aside = new LedgerAside(database);
    this.spans = new LedgerSpans(database);
    this.runs = new LedgerRuns(database);
    this.lease = new LedgerLease(database);
    this.scope = new LedgerScope(database);
    this.care = new LedgerCare(database);
    this.prune = new LedgerPrune(database);
    this.verifications = new LedgerVerifications(database);
    this.identity = new LedgerIdentity(database);
  }

  /** Runs `work` all or nothing. @throws OrgwatchError DISK_FULL, DATA_FOLDER_DENIED, LEDGER_CORRUPT, or what work throws */
  transaction<T>(work: () => T): T {
    try {
      return transaction(this.#database, work);
    } catch (error) {
      throw storageError(error, this.paths.ledger);
    }
  }

  /** To be called before a file is deleted that the ledger no longer names: a power failure must not bring it back. */
  makeDurable(): void {
    makeDurable(this.#database);
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
    this.#close();
  }
}

/**
 * Opens the ledger of one org to write in it, making it when it does not exist yet.
 * @throws OrgwatchError LEDGER_CORRUPT, LEDGER_NEWER, UNSAFE_PATH, DATA_FOLDER_DENIED, DISK_FULL
 */
export function openLedger(dataDir: string, orgId: string): Ledger {
  const ledger = opening(dataDir, orgId, (paths, options, folder) => {
    folder.make();
    // A ledger that is made for files which are there already says nothing of who brought them.
    const isOurs = isKnownFolder(paths) || isEmptyFolder(paths);
    const onMade = (database: DatabaseSync): void => trust(paths, new LedgerIdentity(database).id());
    return new Ledger(openDatabase(isOurs ? { ...options, onMade } : options), paths);
  });
  if (ledger.isOlder && isTrusted(ledger)) trust(ledger.paths, ledger.identity.id());
  return ledger;
}

/**
 * Opens the ledger of one org to read it: nothing is made or changed, neither it nor its schema.
 * @param budget of ledgers that are looked at together
 * @throws OrgwatchError LEDGER_CORRUPT, LEDGER_NEWER, LEDGER_UNREAD, UNSAFE_PATH, DATA_FOLDER_DENIED
 */
export function readLedger(dataDir: string, orgId: string, budget?: VetBudget): Ledger {
  const open = (paths: LakePaths, options: DatabaseOptions): Ledger => {
    const { database, close } = readDatabase(options, path.join(stateDir(), 'scratch'));
    return new Ledger(database, paths, close);
  };
  return opening(dataDir, orgId, open, budget);
}

/** Whether this folder has a lake of the org. */
export function hasLake(dataDir: string, orgId: string): boolean {
  return lstatSync(lakePaths(dataDir, orgId).ledger, { throwIfNoEntry: false }) !== undefined;
}

/** The ids of the orgs that have a lake in this folder. */
export function orgsIn(dataDir: string): readonly string[] {
  if (lstatSync(dataDir, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(dataDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && hasLake(dataDir, entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** A ledger that is not known may be anybody's: it is looked at from outside first. */
function opening(
  dataDir: string,
  orgId: string,
  open: (paths: LakePaths, options: DatabaseOptions, folder: OrgFolder) => Ledger,
  budget?: VetBudget,
): Ledger {
  const paths = lakePaths(dataDir, orgId);
  const folder = new OrgFolder(paths.folder);
  const options = optionsOf(paths);
  let isOlder = false;
  try {
    folder.checked(paths.ledger);
    const isKnown = isKnownLedger(paths);
    if (!isKnown && isThere(options)) vetLedger(paths.ledger, options.whenCorrupt, budget);
    const ledger = open(paths, { ...options, onOlder: (version) => (isOlder = version < FIRST_WITH_IDENTITY) }, folder);
    ledger.isOlder = isOlder;
    // A lake of this machine is known by its new place, and by the file that its ledger is now, from here on.
    if (!isKnown) isTrusted(ledger);
    return ledger;
  } catch (error) {
    throw storageError(error, paths.ledger);
  }
}

function optionsOf(paths: LakePaths): DatabaseOptions {
  return {
    file: paths.ledger,
    name: t('The ledger'),
    migrations: LEDGER_MIGRATIONS,
    whenCorrupt: [
      t('Run `orgwatch repair`: it sets the ledger aside and rebuilds it from the files that are there.'),
      t('Move {0} away and sync again; raw files in it stay readable as evidence.', paths.folder),
    ],
  };
}
