import type { Command } from 'commander';
import { openCalls } from '../lake/calls.ts';
import { openPrepareDoors } from '../prerequisites/prepare-doors.ts';
import { removals, unprepare, WHAT_STAYS, type Removal, type Removed } from '../prerequisites/unprepare.ts';
import { silentLog } from '../shared/log.ts';
import { confirmed } from './confirm.ts';
import type { CommandContext } from './context.ts';
import { withCommonOptions, type CommonOptions } from './target.ts';
import { jsonDocument, printable, type Style, type Terminal } from './terminal.ts';

interface UnprepareOptions extends CommonOptions {
  readonly dryRun?: true;
  readonly yes?: true;
}

export function addUnprepare(root: Command, { terminal, signal, exitWith }: CommandContext): void {
  const command = root
    .command('unprepare')
    .description('remove the profile and permission sets that prepare deployed; shows them and asks first');
  withCommonOptions(command)
    .option('--dry-run', 'show what would be removed, and change nothing')
    .option('--yes', 'do not ask')
    .action(async ({ targetOrg, json, dryRun, yes }: UnprepareOptions) => {
      using calls = openCalls();
      using doors = await openPrepareDoors(targetOrg, { calls });
      const { admin } = doors;
      const show = (text: string): void => {
        if (!json) terminal.out(text);
      };
      const found = await removals(admin, signal);
      show(foundText(found, admin.org.instanceUrl));
      const wanted =
        found.length > 0 && (dryRun === true || (await confirmed('Remove this?', yes === true, terminal, signal)));
      const steps = wanted ? await unprepare({ door: admin, log: silentLog, signal }, found, dryRun === true) : [];
      if (json) {
        const { orgId, username, instanceUrl } = admin.org;
        const org = { orgId, username, instanceUrl };
        terminal.out(jsonDocument({ org, found, steps, stays: WHAT_STAYS }));
      }
      show(steps.length > 0 ? stepsText(steps, terminal) : found.length > 0 ? 'Nothing was changed.\n' : '');
      exitWith(
        steps.some(({ state }) => state === 'failed' || state === 'held') || (found.length > 0 && !wanted) ? 1 : 0,
      );
    });
}

function foundText(found: readonly Removal[], instanceUrl: string): string {
  if (found.length === 0) return `Nothing of what prepare deploys is at ${instanceUrl}.\n`;
  const lines = found.map(({ type, fullName, heldBy }) => {
    const kind = type === 'Profile' ? 'profile' : 'permission set';
    const who = heldBy.length === 0 ? 'nobody has it' : `of ${heldBy.join(', ')}`;
    return `  ${kind} ${fullName}: ${printable(who)}`;
  });
  return `${[`What prepare deployed at ${instanceUrl}:`, ...lines, ...WHAT_STAYS.map((each) => `  ${each}`)].join('\n')}\n`;
}

const STATES: Readonly<Record<Removed['state'], readonly [mark: string, style: Style, words: string]>> = {
  removed: ['✔', 'green', 'removed'],
  checked: ['✔', 'cyan', 'would be removed'],
  failed: ['✖', 'red', 'not removed'],
  held: ['▲', 'yellow', 'not removed'],
};

function stepsText(steps: readonly Removed[], terminal: Terminal): string {
  const lines = steps.map(({ fullName, state, result }) => {
    const [mark, style, words] = STATES[state];
    return `  ${terminal.paint(style, mark)} ${fullName}: ${words}${result === '' ? '' : `; ${printable(result)}`}`;
  });
  return `${lines.join('\n')}\n`;
}
