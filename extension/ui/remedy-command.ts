import * as vscode from 'vscode';
import type { PrerequisiteReport, VerifyReport } from '../prerequisites/report.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { askPick } from './asked.ts';
import type { Host } from './host.ts';
import { COMMANDS } from './ids.ts';
import { openSetup } from './open-setup.ts';
import { targetOf } from './org-target.ts';
import { orgFrom, pickOrg } from './pick-org.ts';
import { runCommand } from './run-command.ts';
import { verifyOrg } from './verify-command.ts';

interface Remedy {
  readonly label: string;
  run(): Thenable<unknown>;
}

/**
 * Orgwatch: Show Remedy: what Verify found of one prerequisite, and the buttons that put it right.
 * @param argument `{org, prerequisiteId}`: a tree item, or a link of ours
 */
export async function showRemedy(host: Host, argument?: unknown): Promise<void> {
  await runCommand(host, vscode.l10n.t('Show Remedy'), async () => {
    const wanted = orgFrom(argument);
    const known = targetOf(argument)?.orgId ?? wanted;
    const report = (known === undefined ? undefined : host.verified.reportOf(known)) ?? (await verified(host, wanted));
    const prerequisite = await chosen(report, argument);
    const detail = [prerequisite.evidence, prerequisite.remedy?.replaceAll('`', '')].filter(Boolean).join('\n\n');
    const remedies = remediesFor(report, prerequisite);
    const labels = remedies.map(({ label }) => label);
    const show =
      prerequisite.outcome === 'fail' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
    const picked = await show(prerequisite.title, { modal: true, detail }, ...labels);
    await remedies.find(({ label }) => label === picked)?.run();
  });
}

/** This window has not verified the org yet: what a remedy says must be of today. */
async function verified(host: Host, wanted: string | undefined): Promise<VerifyReport> {
  return verifyOrg(host, await pickOrg(host, wanted));
}

async function chosen({ prerequisites }: VerifyReport, argument: unknown): Promise<PrerequisiteReport> {
  const id: unknown = (argument as { prerequisiteId?: unknown } | null | undefined)?.prerequisiteId;
  const named = prerequisites.find((each) => each.id === id);
  if (named !== undefined) return named;
  const open = prerequisites.filter(({ remedy }) => remedy !== null);
  if (open.length === 0) {
    throw new OrgwatchError('USAGE', vscode.l10n.t('Verify asks for nothing to be put right at this org.'));
  }
  const items = open.map((each) => ({ label: each.title, detail: each.evidence, each }));
  const title = vscode.l10n.t('Orgwatch: Show Remedy');
  const placeHolder = vscode.l10n.t('What Verify wants put right');
  return (await askPick(items, { title, placeHolder, matchOnDetail: true })).each;
}

function remediesFor(report: VerifyReport, { fix }: PrerequisiteReport): Remedy[] {
  const { url, command } = fix ?? { url: null, command: null };
  const steps = command === null ? [] : [...command.matchAll(/--only (\S+)/g)].map(([, step]) => step);
  const prepares = command?.startsWith('orgwatch prepare') === true;
  return [
    ...(prepares ? [{ label: vscode.l10n.t('Prepare Org'), run: () => prepare(report, steps) }] : []),
    ...(url === null
      ? []
      : [{ label: vscode.l10n.t('Open Setup'), run: () => openSetup(url, report.org.instanceUrl) }]),
    ...(command === null
      ? []
      : [{ label: vscode.l10n.t('Copy Command'), run: () => vscode.env.clipboard.writeText(command) }]),
  ];
}

function prepare({ org }: VerifyReport, only: readonly (string | undefined)[]): Thenable<unknown> {
  return vscode.commands.executeCommand(COMMANDS.prepareOrg, { org: org.orgId, account: org.username, only });
}
