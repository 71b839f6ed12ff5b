import path from 'node:path';
import { openCalls } from '../../extension/lake/calls.ts';
import { doorFor } from '../../extension/org/open-door.ts';
import type { SyncOptions } from '../../extension/sync/options.ts';
import type { SyncReport } from '../../extension/sync/report.ts';
import { sync } from '../../extension/sync/sync.ts';
import type { SimulatedOrgAddress } from '../simulated-org/server.ts';
import { authorizationOf } from '../support/authorization.ts';

/** Syncs a simulated org into `<folder>/data`. */
export async function syncFrom(
  org: SimulatedOrgAddress,
  folder: string,
  options: Partial<SyncOptions> = {},
): Promise<SyncReport> {
  using calls = openCalls(path.join(folder, 'state'));
  const door = doorFor(authorizationOf(org), { calls });
  try {
    const report = await sync({ door, dataDir: path.join(folder, 'data'), ...options });
    if (report.outcome !== 'done')
      throw new Error(`The sync ended ${report.outcome}: ${JSON.stringify(report.sources)}`);
    return report;
  } finally {
    door.close();
  }
}
