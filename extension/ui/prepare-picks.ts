import * as vscode from 'vscode';
import type { PlannedStep, StepId } from '../prerequisites/prepare-report.ts';
import { ticked } from './asked.ts';
import { capital } from './format.ts';
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
    detail: capital(step.why),
    picked: proposed.has(step.id),
  }));
  const picked = await ticked(
    items,
    vscode.l10n.t('Orgwatch: Prepare Org'),
    vscode.l10n.t('What shall be done? Nothing is changed before you confirm it.'),
  );
  return picked.map(({ step }) => step);
}
