import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { openCalls } from '../lake/calls.ts';
import { historyOf, keepOutcomes } from '../lake/verify-history.ts';
import { openDoor } from '../org/open-door.ts';
import { markdownReport } from '../prerequisites/markdown-report.ts';
import type { VerifyReport } from '../prerequisites/report.ts';
import { verify } from '../prerequisites/verify.ts';
import { systemClock } from '../shared/clock.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { silentLog } from '../shared/log.ts';
import { version } from '../shared/version.ts';
import { findLake } from '../sync/find-lake.ts';
import type { CommandContext } from './context.ts';
import { share } from './option-values.ts';
import { progressLine } from './progress.ts';
import { withCommonOptions } from './target.ts';
import type { CommonOptions } from './target.ts';
import { jsonDocument } from './terminal.ts';
import { historyText } from './verify-history-text.ts';
import { verifyText } from './verify-text.ts';

interface VerifyCommandOptions extends CommonOptions {
  readonly serviceAccount?: string;
  readonly markdown?: string;
  readonly history?: true;
  readonly reserve?: number;
}

export function addVerify(root: Command, context: CommandContext): void {
  const { terminal, exitWith } = context;
  const command = root
    .command('verify')
    .description('check what must hold before events flow; changes nothing in the org');
  withCommonOptions(command)
    .option('--service-account <username>', 'ask, as an administrator, about this account instead of one’s own')
    .option('--markdown <file>', 'write the report as Markdown too, for an auditor; - for stdout')
    .option('--reserve <percent>', 'share of the org’s API calls that is always left (default: 10)', share('--reserve'))
    .option('--history', 'what Verify found otherwise than the time before; asks no org')
    .action(async (options: VerifyCommandOptions) => {
      const { targetOrg, dataDir, json, markdown } = options;
      if (json && markdown === '-') throw usage('--json and --markdown - both want stdout.');
      if (options.history) {
        const history = historyOf(dataDir, await findLake(dataDir, targetOrg));
        terminal.out(json ? jsonDocument(history) : historyText(history, terminal));
        return;
      }
      const report = await verified(options, context);
      const notKept = keepOutcomes(dataDir, report);
      if (notKept !== undefined) terminal.err(`The outcomes were not kept: ${notKept}\n`);
      if (markdown !== undefined && markdown !== '-') await write(markdown, markdownReport(report, version));
      if (json) terminal.out(jsonDocument(report));
      else terminal.out(markdown === '-' ? markdownReport(report, version) : verifyText(report, terminal));
      exitWith(report.outcome === 'fail' ? 1 : 0);
    });
}

async function verified(
  { targetOrg, serviceAccount, reserve }: VerifyCommandOptions,
  { terminal, signal }: CommandContext,
): Promise<VerifyReport> {
  using progress = progressLine(terminal);
  using calls = openCalls();
  const door = await openDoor(targetOrg, { calls, quota: reserve === undefined ? {} : { reserve } });
  try {
    const title = `Verifying ${serviceAccount ?? door.org.requestedAs}`;
    progress.show(`${title} …`);
    return await verify({
      door,
      clock: systemClock,
      log: silentLog,
      account: serviceAccount === undefined ? undefined : { username: serviceAccount, userId: undefined },
      signal,
      onProgress: (done, total) => progress.show(`${title}: ${done} of ${total} questions answered`),
    });
  } finally {
    door.close();
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw usage(`${file} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`, error);
  }
}

function usage(message: string, cause?: unknown): OrgwatchError {
  return new OrgwatchError('USAGE', message, {
    actions: ['orgwatch verify --help'],
    ...(cause === undefined ? {} : { cause }),
  });
}
