import type { Command } from 'commander';
import { openCalls } from '../lake/calls.ts';
import { askAgainAfterPrepare, keepOutcomes } from '../lake/verify-history.ts';
import type { Door } from '../org/door.ts';
import type { Answers } from '../prerequisites/answers.ts';
import { openPrepareDoors, type PrepareDoors } from '../prerequisites/prepare-doors.ts';
import { planOf, type Wishes } from '../prerequisites/prepare-plan.ts';
import { verifyForPrepare } from '../prerequisites/prepare-verify.ts';
import { prepare } from '../prerequisites/prepare.ts';
import type { DoneStep } from '../prerequisites/prepare-report.ts';
import type { VerifyReport } from '../prerequisites/report.ts';
import { silentLog } from '../shared/log.ts';
import { confirmed } from './confirm.ts';
import type { CommandContext } from './context.ts';
import { wishesOf, withPrepareOptions, type PrepareCommandOptions } from './prepare-options.ts';
import { beforeAndAfterText, planText, stepsText } from './prepare-text.ts';
import { progressLine } from './progress.ts';
import { withCommonOptions } from './target.ts';
import { jsonDocument } from './terminal.ts';

export function addPrepare(root: Command, context: CommandContext): void {
  const { terminal, signal, exitWith } = context;
  const command = root
    .command('prepare')
    .description(
      'deploy, assign and set what Verify finds wanting; shows the plan and asks first; run as an administrator',
    );
  withPrepareOptions(withCommonOptions(command)).action(async (options: PrepareCommandOptions) => {
    using calls = openCalls();
    using doors = await openPrepareDoors(options.targetOrg, { calls });
    const { admin } = doors;
    const wishes = wishesOf(options, admin.org.orgId);
    const show = (text: string): void => {
      if (!options.json) terminal.out(text);
    };
    const verify = verifier(doors, wishes, context);
    const { answers, report: before } = await verify();
    const plan = planOf(answers, wishes);
    const whose = wishes.account === undefined ? '' : ` for ${wishes.account}`;
    if (plan.length === 0) {
      if (options.json) terminal.out(document(admin, wishes, [], before, before));
      show(
        `Nothing is to be done${whose} at ${admin.org.instanceUrl}.\n${beforeAndAfterText(before, before, terminal)}`,
      );
      return exitWith(before.outcome === 'fail' ? 1 : 0);
    }
    show(planText(`Prepare ${admin.org.instanceUrl}${whose}, as ${admin.org.username}`, plan, terminal));
    const dryRun = options.dryRun === true;
    if (!dryRun && !(await confirmed('Do this?', options.yes === true, terminal, signal))) {
      show('Nothing was changed.\n');
      return exitWith(1);
    }
    let steps: readonly DoneStep[];
    let after = before;
    try {
      steps = await taken();
      if (!dryRun) after = (await verify()).report;
    } finally {
      // Some steps may have been taken, however this ends.
      if (!dryRun) tell(askAgainAfterPrepare(options.dataDir, admin.org.orgId), terminal);
    }
    if (!dryRun && wishes.account !== undefined) tell(keepOutcomes(options.dataDir, after), terminal);
    if (options.json) terminal.out(document(admin, wishes, steps, before, after));
    show(`\n${stepsText(steps, terminal)}`);
    if (dryRun) show('\nNothing was changed.\n');
    else show(`\n${beforeAndAfterText(before, after, terminal)}${nextText(wishes, steps)}`);
    const failed = steps.some(({ state }) => state === 'failed');
    exitWith(failed || (!dryRun && after.outcome === 'fail') ? 1 : 0);

    async function taken(): Promise<readonly DoneStep[]> {
      using progress = progressLine(terminal);
      return prepare({
        door: admin,
        log: silentLog,
        answers,
        plan,
        wishes,
        dryRun,
        signal,
        onStep: ({ what }) => progress.show(`${what} …`),
      });
    }
  });
}

/** Of what could not be noted in the lake. */
function tell(problem: string | undefined, terminal: CommandContext['terminal']): void {
  if (problem !== undefined) terminal.err(`The lake was not told: ${problem}\n`);
}

function verifier(doors: PrepareDoors, { account }: Wishes, { terminal, signal }: CommandContext) {
  return async (): Promise<{ readonly answers: Answers; readonly report: VerifyReport }> => {
    using progress = progressLine(terminal);
    progress.show('Verifying …');
    return verifyForPrepare(doors, account, { log: silentLog, signal });
  };
}

function nextText({ create, account }: Wishes, steps: readonly DoneStep[]): string {
  if (create === undefined || steps.some(({ state }) => state !== 'done')) return '';
  return [
    '',
    `Next: let sf log in as ${account ?? ''}. No password was set, and Orgwatch never handles one:`,
    '- for a machine without a browser, a JWT login needs none: docs/service-account.md;',
    `- for a browser, Setup › Users › ${account ?? ''} › Reset Password lets Salesforce mail a link to ${create.email}.`,
    'Whether Salesforce mails about the new user by itself was not confirmed; nothing here waits for it.',
    '',
  ].join('\n');
}

function document(
  { org }: Door,
  wishes: Wishes,
  steps: readonly DoneStep[],
  before: VerifyReport,
  after: VerifyReport,
): string {
  const { orgId, username, instanceUrl } = org;
  const account = wishes.account ?? null;
  return jsonDocument({ org: { orgId, username, instanceUrl }, account, steps, before, after });
}
