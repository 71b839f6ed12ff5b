import { listDisk } from '../lake/check-disk.ts';
import { lakePaths } from '../lake/paths.ts';
import { Storage } from '../lake/storage.ts';
import { openLakeWorker } from '../lake/worker-process.ts';
import { systemClock } from '../shared/clock.ts';
import { silentLog } from '../shared/log.ts';
import { checkRaw } from './check-raw.ts';
import { CheckRun, type CareOptions } from './check-run.ts';
import { checkUnits } from './check-units.ts';
import { collectGarbage } from './collect-garbage.ts';
import { holdLease } from './lease.ts';
import { proveRows } from './prove-rows.ts';
import { adoptRaw } from './repair-adopt.ts';
import { openOrRemake } from './repair-ledger.ts';
import { mendRaw } from './repair-raw.ts';
import { remakeLedger } from './repair-remake.ts';
import type { RepairReport } from './repair-report.ts';
import { Aside, RepairRun } from './repair-run.ts';
import { mendUnits } from './repair-units.ts';

export interface RepairOptions extends CareOptions {
  /** Makes every Parquet file anew, also those that are as they should be. */
  readonly all?: boolean;
}

/**
 * Makes one org's lake whole again: the ledger from raw and lake where it is lost or damaged, Parquet files from raw
 * files, raw files by having the next sync fetch them again. Deletes nothing but what is half-written; what is in the
 * way is set aside. Asks no org; no sync may run meanwhile. A repair that was killed is finished by the next one.
 * @throws OrgwatchError BUSY, LEDGER_NEWER, LAKE_WORKER_FAILED, DATA_FOLDER_DENIED, DISK_FULL, CANCELLED
 */
export async function repairLake(options: RepairOptions): Promise<RepairReport> {
  const { dataDir, orgId, clock = systemClock, log = silentLog, signal = new AbortController().signal } = options;
  const paths = lakePaths(dataDir, orgId);
  const storage = new Storage(paths);
  await storage.prepare();
  const aside = new Aside(storage.folder, clock.now());
  const { ledger: made, isNew } = await openOrRemake(dataDir, orgId, aside);
  using ledger = made;
  using lease = holdLease(ledger, clock, log);
  await using started = openLakeWorker({ dataFolder: paths.folder });
  const worker = options.worker ?? started;
  const until = AbortSignal.any([signal, lease.lost]);
  const { onProgress } = options;
  const run = new RepairRun({ ledger, storage, worker, clock, log, signal: until, onProgress }, aside);
  await collectGarbage(ledger, storage, log);
  await run.tidy();
  const adopted = await adoptRaw(run);
  if (isNew) await remakeLedger(run, adopted);
  const check = new CheckRun({
    disk: await listDisk(paths),
    worker,
    signal: until,
    folder: storage.folder,
    onProgress,
  });
  const sound = await checkRaw(check, ledger);
  await checkUnits(check, ledger);
  const proofs = await proveRows(check, ledger, sound, isNew);
  await mendRaw(run, check);
  await mendUnits(run, check, proofs, { all: options.all ?? false, isNew });
  await collectGarbage(ledger, storage, log);
  if (lease.lost.aborted) throw lease.lost.reason;
  run.published = isNew ? 0 : check.findings.filter(({ kind }) => kind === 'not-published').length;
  run.left.push(...check.findings.filter(({ remedy }) => remedy === null));
  return report(run, orgId, isNew);
}

function report(run: RepairRun, orgId: string, isNew: boolean): RepairReport {
  const { ledger } = run.parts;
  const { adopted, published, salvagedRows, left, setAsideFiles, unfinished, modes } = run;
  const toFetch = { files: run.filesToFetch, spans: run.spansToFetch };
  const isIncomplete = left.length > 0 || toFetch.files + toFetch.spans > 0;
  const done = adopted + published + run.rebuiltUnits + setAsideFiles.length + unfinished + modes;
  return {
    outcome: isIncomplete ? 'incomplete' : isNew || done > 0 ? 'repaired' : 'sound',
    org: { orgId, username: ledger.org()?.username ?? null },
    ledger: isNew ? 'rebuilt' : 'kept',
    setAside: setAsideFiles,
    adopted,
    rebuilt: { units: run.rebuiltUnits, rows: run.rebuiltRows },
    published,
    salvagedRows,
    tidied: { unfinished, modes },
    toFetch,
    left,
    dataDir: ledger.paths.folder,
  };
}
