import * as vscode from 'vscode';
import type { DoorOptions } from '../org/open-door.ts';
import type { PrepareDoors } from '../prerequisites/prepare-doors.ts';
import type { Wishes } from '../prerequisites/prepare-plan.ts';
import type { DoneStep, PlannedStep } from '../prerequisites/prepare-report.ts';
import type { VerifyReport } from '../prerequisites/report.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { dataFolders } from './data-folder.ts';
import { confirmChange } from './confirm-change.ts';
import type { Host } from './host.ts';
import { COMMANDS } from './ids.ts';
import { keepReport } from './keep-report.ts';
import { orgKind, orgKindOf, type OrgKind } from './org-kind.ts';
import { orgFrom, pickAdmin } from './pick-org.ts';
import { pickSteps } from './prepare-picks.ts';
import { notice } from './plain.ts';
import { planMarkdown, preparedMarkdown, type Prepared } from './prepare-markdown.ts';
import { askWishes, wantedFrom } from './prepare-wishes.ts';
import { runCommand, withCancellableProgress } from './run-command.ts';
import { quotaPolicy } from './settings.ts';
import { stepTitle } from './titles.ts';

/**
 * Orgwatch: Prepare Org. Shows what is to be done, asks, does it, and shows Verify before and after.
 * @param argument an org, or `{org, account, only}` of a remedy
 * @returns the report's URI; undefined when nothing was decided
 */
export async function prepareOrg(host: Host, argument?: unknown): Promise<vscode.Uri | undefined> {
  return runCommand(host, vscode.l10n.t('Prepare Org'), async () => {
    const wanted = wantedFrom(argument);
    const login = await pickAdmin(host, orgFrom(argument));
    const { openCalls } = await import('../lake/calls.ts');
    const { openPrepareDoors } = await import('../prerequisites/prepare-doors.ts');
    using calls = openCalls();
    const options: DoorOptions = { calls, quota: quotaPolicy(), log: host.log };
    using doors = await openPrepareDoors(login, options);
    const wishes = await askWishes(doors.admin.org, wanted);
    return await prepareAs(host, login, doors, wishes);
  });
}

async function prepareAs(
  host: Host,
  login: string,
  doors: PrepareDoors,
  wishes: Wishes,
): Promise<vscode.Uri | undefined> {
  const { verifyForPrepare } = await import('../prerequisites/prepare-verify.ts');
  const { planOf, planOfAll } = await import('../prerequisites/prepare-plan.ts');
  const verify = async () =>
    withCancellableProgress(vscode.l10n.t('Verifying {0}', wishes.account ?? login), async (_, signal) =>
      verifyForPrepare(doors, wishes.account, { log: host.log, signal }),
    );
  const { answers, report: before } = await verify();
  const kind = orgKindOf(answers) ?? (await orgKind(doors.admin));
  const about = { login, instanceUrl: doors.admin.org.instanceUrl, kind, wishes };
  const name = vscode.l10n.t('{0} – Prepare', login);
  const offered = planOfAll(answers, wishes);
  const show = async (prepared: Prepared): Promise<vscode.Uri> =>
    host.reports.show(name, preparedMarkdown(about, prepared, new Date()));
  if (offered.length === 0) return show({ steps: [], dryRun: false, before, after: before });

  const proposed = new Set(planOf(answers, wishes).map(({ id }) => id));
  await host.reports.show(name, planMarkdown(about, offered, proposed, new Date()));
  const plan = await pickSteps(offered, proposed);
  const take = async (dryRun: boolean): Promise<readonly DoneStep[]> =>
    taken(host, { login, kind, dryRun }, async (onStep, signal) => {
      const { prepare } = await import('../prerequisites/prepare.ts');
      return prepare({ door: doors.admin, log: host.log, answers, plan, wishes, dryRun, signal, onStep });
    });

  await confirmChange(
    vscode.l10n.t('Prepare “{0}” ({1}) as {2}?', kind.name, kind.words, login),
    plan.map(({ id }) => `• ${stepTitle(id)}`).join('\n'),
    vscode.l10n.t('Prepare'),
    async () => show({ steps: await take(true), dryRun: true, before, after: before }),
  );
  let steps: readonly DoneStep[];
  let after: VerifyReport;
  try {
    steps = await take(false);
    after = (await verify()).report;
  } finally {
    // Some steps may have been taken, however this ends.
    await tellLakes(host, doors.admin.org.orgId);
  }
  // Of an administrator nobody asks whether it can collect.
  if (wishes.account !== undefined) await keepReport(host, after);
  return show({ steps, dryRun: false, before, after });
}

/** What the account could not see until now is pulled in the next sync. */
async function tellLakes(host: Host, orgId: string): Promise<void> {
  const { askAgainAfterPrepare } = await import('../lake/verify-history.ts');
  for (const folder of dataFolders()) {
    const problem = askAgainAfterPrepare(folder, orgId);
    if (problem !== undefined) host.log.warn(`The lake was not told that the org was prepared: ${problem}`);
  }
}

/** Does the work with progress that can be cancelled; what was done by then stays, and the person hears so. */
async function taken(
  host: Host,
  { login, kind, dryRun }: { readonly login: string; readonly kind: OrgKind; readonly dryRun: boolean },
  work: (onStep: (step: PlannedStep) => void, signal: AbortSignal) => Promise<readonly DoneStep[]>,
): Promise<readonly DoneStep[]> {
  const title = dryRun
    ? vscode.l10n.t('Checking what would be done at {0} ({1})', login, kind.words)
    : vscode.l10n.t('Preparing {0} ({1})', login, kind.words);
  try {
    return await withCancellableProgress(title, async (show, signal) => work(({ what }) => show(what), signal));
  } catch (error) {
    if (!dryRun && error instanceof OrgwatchError && error.code === 'CANCELLED') void tellCancelled(login);
    throw error;
  } finally {
    host.changed.fire();
  }
}

async function tellCancelled(login: string): Promise<void> {
  const verify = vscode.l10n.t('Verify Prerequisites');
  const message = vscode.l10n.t(
    'Cancelled. What was done at {0} by then stays; Verify says how the org stands.',
    login,
  );
  if ((await vscode.window.showInformationMessage(notice(message), verify)) === verify)
    await vscode.commands.executeCommand(COMMANDS.verifyPrerequisites, login);
}
