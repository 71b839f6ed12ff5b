import { t } from '@vscode/l10n';
import { hasLake, openLedger, type Ledger } from '../lake/ledger.ts';
import { problemsOf } from '../lake/ledger-problems.ts';
import { listDisk } from '../lake/check-disk.ts';
import { lakePaths, type LakePaths } from '../lake/paths.ts';
import { OrgFolder } from '../lake/storage-folder.ts';
import { openLakeWorker } from '../lake/worker-process.ts';
import { systemClock } from '../shared/clock.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { silentLog } from '../shared/log.ts';
import { checkRaw, checkRawAlone } from './check-raw.ts';
import { contradictionOf } from './check-ledger.ts';
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
      folder: new OrgFolder(paths.folder),
      onProgress: options.onProgress,
    });
  const opened = await openSound(dataDir, orgId);
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

/** The ledger, or why it cannot be relied on. @throws OrgwatchError LEDGER_NEWER, UNSAFE_PATH, DATA_FOLDER_DENIED */
export async function openSound(
  dataDir: string,
  orgId: string,
): Promise<{ readonly ledger: Ledger } | { readonly finding: Finding }> {
  const base = { source: null, path: 'ledger.sqlite', remedy: 'repair' } as const;
  if (!hasLake(dataDir, orgId)) {
    return {
      finding: { ...base, kind: 'ledger-missing', detail: t('It is not there; raw files tell what was pulled.') },
    };
  }
  let ledger: Ledger | undefined;
  try {
    ledger = openLedger(dataDir, orgId);
    const problem = problemsOf(ledger)[0] ?? (await contradictionOf(ledger));
    if (problem === undefined) return { ledger };
    ledger[Symbol.dispose]();
    return { finding: { ...base, kind: 'ledger-damaged', detail: t('It is damaged: {0}.', problem) } };
  } catch (error) {
    ledger?.[Symbol.dispose]();
    if (!(error instanceof OrgwatchError) || error.code !== 'LEDGER_CORRUPT') throw error;
    return { finding: { ...base, kind: 'ledger-damaged', detail: error.message } };
  }
}

function findLeftovers(run: CheckRun): void {
  const { files, open, foreign } = run.parts.disk;
  for (const { path, kind } of files.values()) {
    if (kind !== 'unfinished') continue;
    run.find('unfinished', null, path, t('A run that was killed left it half-written.'), 'repair');
  }
  const link = t('Orgwatch creates no links, and follows none.');
  for (const path of foreign) run.find('link', null, path, link, 'repair');
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
