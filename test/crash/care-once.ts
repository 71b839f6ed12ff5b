import { openLedger } from '../../extension/lake/ledger.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import { systemClock } from '../../extension/shared/clock.ts';
import { silentLog } from '../../extension/shared/log.ts';
import { DAY } from '../../extension/shared/utc.ts';
import { compact } from '../../extension/sync/compact.ts';
import { holdLease } from '../../extension/sync/lease.ts';
import { pruneLake } from '../../extension/sync/prune.ts';
import { repairLake } from '../../extension/sync/repair.ts';

export const TASKS = ['compact', 'prune', 'repair'] as const;

/** One piece of work on a lake that asks no org, in a process that may be killed. */
export interface CareOnce {
  readonly task: (typeof TASKS)[number];
  readonly dataDir: string;
  readonly orgId: string;
}

export async function careOnce({ task, dataDir, orgId }: CareOnce): Promise<void> {
  switch (task) {
    case 'prune':
      await pruneLake({ dataDir, orgId, olderThan: 12 * DAY, dryRun: false });
      return;
    case 'repair':
      await repairLake({ dataDir, orgId, all: true });
      return;
    case 'compact': {
      using ledger = openLedger(dataDir, orgId);
      using lease = holdLease(ledger, systemClock, silentLog);
      await using worker = openLakeWorker({ dataFolder: ledger.paths.folder });
      const types = new Set(ledger.units.all().map(({ eventType }) => eventType));
      types.delete('');
      await compact({ ledger, worker, clock: systemClock, signal: lease.lost }, 'event_log', types);
    }
  }
}

const [, script, input] = process.argv;
if (script === import.meta.filename && input !== undefined) await careOnce(JSON.parse(input) as CareOnce);
