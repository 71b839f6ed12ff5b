import * as vscode from 'vscode';
import type { VerifyReport } from '../prerequisites/report.ts';
import type { Removal, Removed } from '../prerequisites/unprepare.ts';
import { utcMinute } from '../shared/utc.ts';
import { badge, code, document, escape, table } from './markdown.ts';
import type { OrgKind } from './org-kind.ts';
import { beforeAndAfter } from './prepare-markdown.ts';

/** What was found, and what came of it. */
export interface Unprepared {
  readonly found: readonly Removal[];
  readonly before: VerifyReport;
  /** Left out before anything was tried. */
  readonly steps?: readonly Removed[];
  readonly dryRun?: boolean;
  /** Left out while nothing has been changed. */
  readonly after?: VerifyReport;
}

/** The report for a person: what Prepare brought, what became of it, and what stays. */
export function unpreparedMarkdown(
  login: string,
  kind: OrgKind,
  { found, before, steps = [], dryRun = false, after }: Unprepared,
  at: Date,
): string {
  const when = `${utcMinute(at)} UTC`;
  const rows = found.map((removal) => {
    const step = steps.find(({ fullName }) => fullName === removal.fullName);
    return [
      step === undefined ? vscode.l10n.t('There') : stateBadge(step.state),
      `**${escape(removal.fullName)}**<br>${kindWord(removal)}`,
      escape(step === undefined || step.result === '' ? heldBy(removal) : step.result),
    ];
  });
  return document([
    `# ${escape(vscode.l10n.t('Unprepare {0}', login))}`,
    `**${found.length === 0 ? vscode.l10n.t('Nothing of what Prepare deploys is there.') : verdict(steps, dryRun)}**`,
    [`${escape(kind.name)} (${kind.words})`, code(login), when].join(' · '),
    ...(rows.length === 0
      ? []
      : [table(['', vscode.l10n.t('What Prepare brought'), vscode.l10n.t('Who has it')], rows)]),
    ...(after === undefined
      ? []
      : [`## ${vscode.l10n.t('Verify before and after')}`, beforeAndAfter(before, after, false)]),
    `## ${vscode.l10n.t('What stays')}`,
    [
      `- ${vscode.l10n.t('Content, Security and Event settings stay as they are: put them back in Setup where you want them otherwise.')}`,
      `- ${vscode.l10n.t('Users stay. Deactivate a service account that nobody needs any more in Setup › Users › Users.')}`,
    ].join('\n'),
  ]);
}

function verdict(steps: readonly Removed[], dryRun: boolean): string {
  if (steps.length === 0) return vscode.l10n.t('This is what could be removed. Nothing has been changed.');
  if (dryRun) return vscode.l10n.t('The dry run is over. Nothing was changed.');
  return steps.every(({ state }) => state === 'removed')
    ? vscode.l10n.t('Removed.')
    : vscode.l10n.t('Not everything was removed.');
}

function stateBadge(state: Removed['state']): string {
  if (state === 'removed') return badge('pass', vscode.l10n.t('Removed'));
  return state === 'checked'
    ? badge('pass', vscode.l10n.t('Would succeed'))
    : badge(state === 'failed' ? 'fail' : 'warning', vscode.l10n.t('Not removed'));
}

export function kindWord({ type }: Removal): string {
  return type === 'Profile' ? vscode.l10n.t('profile') : vscode.l10n.t('permission set');
}

export function heldBy({ heldBy }: Removal): string {
  return heldBy.length === 0 ? vscode.l10n.t('Nobody has it') : vscode.l10n.t('Held by {0}', heldBy.join(', '));
}
