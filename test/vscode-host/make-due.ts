import assert from 'node:assert/strict';
import path from 'node:path';
import type { Ledger } from '../../extension/lake/ledger.ts';
import { MINUTE } from '../../extension/shared/utc.ts';
import { WatchedOrg } from '../../extension/sync/watched-org.ts';
import type { SimulatedOrg } from '../simulated-org/server.ts';

/** The sign-ins were synced so long ago that the schedule comes to them at a time, in ms since 1970. */
export function makeDue(ledger: Ledger, org: SimulatedOrg, at: number): void {
  const run = ledger.runs.latest(1)[0];
  const signIns = ledger.runs.sourcesOf(run?.id ?? 0).find(({ source }) => source === 'login_history');
  assert.ok(run && signIns);
  const watched = new WatchedOrg(path.dirname(ledger.paths.folder), org.username, { login_history: 15 * MINUTE });
  watched.orgId = org.orgId;
  const ended = ledger.runs.lastOf('login_history')?.endedAt ?? 0;
  ledger.runs.endSource(run.id, signIns, Math.round(ended + at - watched.next(Date.now()).until));
}
