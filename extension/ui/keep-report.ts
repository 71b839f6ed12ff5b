import type { VerifyReport } from '../prerequisites/report.ts';
import { dataFolders } from './data-folder.ts';
import type { Host } from './host.ts';

/** Keeps a report for this window, and its outcomes in the org's ledger where there is one. */
export async function keepReport(host: Host, report: VerifyReport): Promise<void> {
  const { keepOutcomes } = await import('../lake/verify-history.ts');
  for (const folder of dataFolders()) {
    const notKept = keepOutcomes(folder, report);
    if (notKept !== undefined) host.log.warn(`The outcomes were not kept: ${notKept}`);
  }
  await host.verified.keep(report);
  host.changed.fire();
}
