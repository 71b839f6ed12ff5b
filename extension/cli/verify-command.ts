import type { Command } from 'commander';
import { openCalls } from '../lake/calls.ts';
import { openDoor } from '../org/open-door.ts';
import { verify } from '../prerequisites/verify.ts';
import { systemClock } from '../shared/clock.ts';
import { silentLog } from '../shared/log.ts';
import type { CommandContext } from './program.ts';
import { progressLine } from './progress.ts';
import { withCommonOptions } from './target.ts';
import type { CommonOptions } from './target.ts';
import { verifyText } from './verify-text.ts';

export function addVerify(root: Command, { terminal, signal, exitWith }: CommandContext): void {
  const command = root
    .command('verify')
    .description('check what must hold before events flow; changes nothing in the org');
  withCommonOptions(command).action(async ({ targetOrg, json }: CommonOptions) => {
    using progress = progressLine(terminal);
    using calls = openCalls();
    const door = await openDoor(targetOrg, { calls });
    progress.show(`Verifying ${door.org.requestedAs} …`);
    const report = await verify({
      door,
      clock: systemClock,
      log: silentLog,
      signal,
      onProgress: (done, total) =>
        progress.show(`Verifying ${door.org.requestedAs}: ${done} of ${total} questions answered`),
    });
    progress[Symbol.dispose]();
    terminal.out(json ? `${JSON.stringify(report, null, 2)}\n` : verifyText(report, terminal));
    exitWith(report.outcome === 'fail' ? 1 : 0);
  });
}
