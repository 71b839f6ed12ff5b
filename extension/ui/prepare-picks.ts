import * as vscode from 'vscode';
import type { PlannedStep, StepId } from '../prerequisites/prepare-report.ts';
import { OrgwatchError } from '../shared/errors.ts';
import type { OrgKind } from './org-kind.ts';
import { stepTitle } from './titles.ts';

interface StepItem extends vscode.QuickPickItem {
  readonly step: PlannedStep;
}

/**
 * The steps to take, each with its reason; those that Prepare proposes are ticked.
 * @throws OrgwatchError CANCELLED when none was picked
 */
export async function pickSteps(
  offered: readonly PlannedStep[],
  proposed: ReadonlySet<StepId>,
): Promise<readonly PlannedStep[]> {
  const items = offered.map((step): StepItem => ({
    step,
    label: stepTitle(step.id),
    detail: step.why,
    picked: proposed.has(step.id),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Orgwatch: Prepare Org'),
    placeHolder: vscode.l10n.t('What shall be done? Nothing is changed before you confirm it.'),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDetail: true,
  });
  if (picked === undefined || picked.length === 0) {
    throw new OrgwatchError('CANCELLED', vscode.l10n.t('Nothing was changed.'));
  }
  return picked.map(({ step }) => step);
}

export type Decision = 'dry run' | 'prepare' | 'nothing';

/** The last question: names the org, says what kind it is, and what will be done. */
export async function confirmPrepare(
  login: string,
  kind: OrgKind,
  plan: readonly PlannedStep[],
  offerDryRun: boolean,
): Promise<Decision> {
  const prepare = vscode.l10n.t('Prepare');
  const dryRun = vscode.l10n.t('Dry Run');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Prepare “{0}” ({1}) as {2}?', kind.name, kind.words, login),
    { modal: true, detail: plan.map(({ id }) => `• ${stepTitle(id)}`).join('\n') },
    ...(offerDryRun ? [prepare, dryRun] : [prepare]),
  );
  if (answer === prepare) return 'prepare';
  return answer === dryRun ? 'dry run' : 'nothing';
}
