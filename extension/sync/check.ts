import { t } from '@vscode/l10n';
import { hasLake, openLedger, type Ledger } from '../lake/ledger.ts';
import { listDisk } from '../lake/check-disk.ts';
import { lakePaths, type LakePaths } from '../lake/paths.ts';
import { openLakeWorker } from '../lake/worker-process.ts';
import { systemClock } from '../shared/clock.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { silentLog } from '../shared/log.ts';
import { checkRaw, checkRawAlone } from './check-raw.ts';
import type { CheckReport, Finding } from './check-report.ts';
import { checkRows } from './check-rows.ts';
import { CheckRun, type CareOptions } from './check-run.ts';
import { checkUnits } from './check-units.ts';
import { holdLease } from './lease.ts';
import { proveRows } from './prove-rows.ts';

/**
 * Proves the lake of one org: every raw file against its SHA-256, the rows in the lake against the records in raw, the
 * ledger against the disk. Changes nothing and asks no org; no sync may run meanwhile.
 * @throws OrgwatchError BUSY, LEDGER_NEWER, LAKE_WORKER_FAILED, DATA_FOLDER_DENIED, CANCELLED
 */
export async function checkLake(options: CareOptions): Promise<CheckReport> {
  const { dataDir, orgId, clock = systemClock, log = silentLog, signal = new AbortController().signal } = options;
  const paths = lakePaths(dataDir, orgId);
  await using worker = openLakeWorker({ dataFolder: paths.folder });
  const begin = async (until: AbortSignal): Promise<CheckRun> =>
    new CheckRun({
      disk: await listDisk(paths),
      worker: options.worker ?? worker,
      signal: until,
      folder: paths.folder,
      onProgress: options.onProgress,
    });
  const opened = openSound(dataDir, orgId);
  if ('finding' in opened) {
    const check = await begin(signal);
    check.findings.push(opened.finding);
    await checkRawAlone(check);
    findLeftovers(check);
    return report(check, orgId, paths);
  }
  using ledger = opened.ledger;
  using lease = holdLease(ledger, clock, log);
  const check = await begin(AbortSignal.any([signal, lease.lost]));
  const sound = await checkRaw(check, ledger);
  await checkUnits(check, ledger);
  checkRows(check, ledger, await proveRows(check, ledger, sound, false));
  findLeftovers(check);
  if (lease.lost.aborted) throw lease.lost.reason;
  return report(check, orgId, paths, ledger);
}

/** The ledger, or why it cannot be relied on. @throws OrgwatchError LEDGER_NEWER, DATA_FOLDER_DENIED */
export function openSound(dataDir: string, orgId: string): { readonly ledger: Ledger } | { readonly finding: Finding } {
  const base = { source: null, path: 'ledger.sqlite', remedy: 'repair' } as const;
  if (!hasLake(dataDir, orgId)) {
    return {
      finding: { ...base, kind: 'ledger-missing', detail: t('It is not there; raw files tell what was pulled.') },
    };
  }
  try {
    const ledger = openLedger(dataDir, orgId);
    const [problem] = ledger.care.problems();
    if (problem === undefined) return { ledger };
    ledger[Symbol.dispose]();
    return { finding: { ...base, kind: 'ledger-damaged', detail: t('SQLite finds it damaged: {0}.', problem) } };
  } catch (error) {
    if (!(error instanceof OrgwatchError) || error.code !== 'LEDGER_CORRUPT') throw error;
    return { finding: { ...base, kind: 'ledger-damaged', detail: t('SQLite cannot read it any more.') } };
  }
}

function findLeftovers(run: CheckRun): void {
  const { files, open } = run.parts.disk;
  for (const { path, kind } of files.values()) {
    if (kind !== 'unfinished') continue;
    run.find('unfinished', null, path, t('A run that was killed left it half-written.'), 'repair');
  }
  for (const path of open) run.find('open-to-others', null, path, t('Others than its owner can read it.'), 'repair');
}

function report(run: CheckRun, orgId: string, paths: LakePaths, ledger?: Ledger): CheckReport {
  return {
    outcome: run.findings.length === 0 ? 'sound' : 'findings',
    org: { orgId, username: ledger?.org()?.username ?? null },
    sources: run.sources(),
    findings: run.findings,
    awaited: ledger?.care.awaiting() ?? { files: 0, spans: 0 },
    dataDir: paths.folder,
  };
}
