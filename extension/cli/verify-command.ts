import type { Command } from 'commander';
import { openCalls } from '../lake/calls.ts';
import { openDoor } from '../org/open-door.ts';
import type { VerifyReport } from '../prerequisites/report.ts';
import { verify } from '../prerequisites/verify.ts';
import { systemClock } from '../shared/clock.ts';
import { silentLog } from '../shared/log.ts';
import type { CommandContext } from './context.ts';
import { progressLine } from './progress.ts';
import { withCommonOptions } from './target.ts';
import type { CommonOptions } from './target.ts';
import type { Terminal } from './terminal.ts';
import { verifyText } from './verify-text.ts';

export function addVerify(root: Command, { terminal, signal, exitWith }: CommandContext): void {
  const command = root
    .command('verify')
    .description('check what must hold before events flow; changes nothing in the org');
  withCommonOptions(command).action(async ({ targetOrg, json }: CommonOptions) => {
    const report = await verified(targetOrg, terminal, signal);
    terminal.out(json ? `${JSON.stringify(report, null, 2)}\n` : verifyText(report, terminal));
    exitWith(report.outcome === 'fail' ? 1 : 0);
  });
}

async function verified(targetOrg: string | undefined, terminal: Terminal, signal: AbortSignal): Promise<VerifyReport> {
  using progress = progressLine(terminal);
  using calls = openCalls();
  const door = await openDoor(targetOrg, { calls });
  try {
    const title = `Verifying ${door.org.requestedAs}`;
    progress.show(`${title} …`);
    return await verify({
      door,
      clock: systemClock,
      log: silentLog,
      signal,
      onProgress: (done, total) => progress.show(`${title}: ${done} of ${total} questions answered`),
    });
  } finally {
    door.close();
  }
}
