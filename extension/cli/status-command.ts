import type { Command } from 'commander';
import { systemClock } from '../shared/clock.ts';
import { noLakeYet } from '../sync/find-lake.ts';
import { status } from '../sync/status.ts';
import type { OrgStatus } from '../sync/status-report.ts';
import type { CommandContext } from './context.ts';
import { statusText } from './status-text.ts';
import { withCommonOptions } from './target.ts';
import type { CommonOptions } from './target.ts';
import { jsonDocument } from './terminal.ts';

export function addStatus(root: Command, { terminal, exitWith }: CommandContext): void {
  const command = root
    .command('status')
    .description('what the lake holds, how fresh it is, and what the quota leaves; asks no org');
  withCommonOptions(command).action(async ({ targetOrg, dataDir, json }: CommonOptions) => {
    const orgs = await status(dataDir, targetOrg);
    if (orgs.length === 0) throw noLakeYet(dataDir, targetOrg);
    const text = orgs.map((org) => statusText(org, terminal, systemClock.now())).join('\n');
    terminal.out(json ? jsonDocument({ orgs }) : text);
    exitWith(orgs.every(isFine) ? 0 : 1);
  });
}

/** What the org never offered is as it should be; what failed, never came or is no longer there is not. */
function isFine({ sources }: OrgStatus): boolean {
  return sources.every(
    ({ state, rows }) =>
      state !== null && !['partial', 'limited', 'failed'].includes(state) && !(state === 'unavailable' && rows > 0),
  );
}
