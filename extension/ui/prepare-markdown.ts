import * as vscode from 'vscode';
import type { Wishes } from '../prerequisites/prepare-plan.ts';
import type { DoneStep, PlannedStep, StepId } from '../prerequisites/prepare-report.ts';
import type { VerifyReport } from '../prerequisites/report.ts';
import { utcMinute } from '../shared/utc.ts';
import { capital } from './format.ts';
import { badge, code, document, escape, escapeAroundCode, name, table, whole } from './markdown.ts';
import type { OrgKind } from './org-kind.ts';
import { outcomeBadge } from './outcome-badge.ts';
import { stepTitle } from './titles.ts';

/** Whom it is about. */
export interface PrepareSubject {
  readonly login: string;
  readonly instanceUrl: string;
  readonly kind: OrgKind;
  readonly wishes: Wishes;
}

export interface Prepared {
  readonly steps: readonly DoneStep[];
  readonly dryRun: boolean;
  readonly before: VerifyReport;
  readonly after: VerifyReport;
}

/** The plan, before anything is changed. */
export function planMarkdown(
  subject: PrepareSubject,
  offered: readonly PlannedStep[],
  proposed: ReadonlySet<StepId>,
  at: Date,
): string {
  const rows = offered.map(({ id, what, why }) => [
    whole(capital(proposed.has(id) ? vscode.l10n.t('proposed') : vscode.l10n.t('on request'))),
    name(`**${escape(stepTitle(id))}**<br>${escape(capital(what))}`),
    escape(capital(why)),
  ]);
  return document([
    ...head(subject, vscode.l10n.t('The plan. Nothing has been changed.'), at),
    table(['', vscode.l10n.t('What would be done'), vscode.l10n.t('Why')], rows),
  ]);
}

/** What came of it, and Verify before and after, side by side. */
export function preparedMarkdown(subject: PrepareSubject, prepared: Prepared, at: Date): string {
  const { steps, dryRun, before, after } = prepared;
  return document([
    ...head(subject, verdict(prepared), at),
    ...(steps.length === 0 ? [] : [`## ${vscode.l10n.t('Steps')}`, stepsTable(steps)]),
    `## ${dryRun ? vscode.l10n.t('Verify, as it stands') : vscode.l10n.t('Verify before and after')}`,
    beforeAndAfter(before, after, dryRun),
    ...next(subject.wishes, prepared),
  ]);
}

function head({ login, instanceUrl, kind, wishes }: PrepareSubject, verdictWords: string, at: Date): string[] {
  const whose =
    wishes.account === undefined ? [] : [`${vscode.l10n.t('Account that collects')}: ${code(wishes.account)}`];
  const when = `${utcMinute(at)} UTC`;
  const facts = [`${escape(kind.name)} (${kind.words})`, code(instanceUrl), ...whose, when].join(' · ');
  return [`# ${escape(vscode.l10n.t('Prepare {0}', login))}`, `**${verdictWords}**`, facts];
}

function verdict({ steps, dryRun, after }: Prepared): string {
  if (steps.some(({ state }) => state === 'failed')) {
    return dryRun
      ? vscode.l10n.t('The dry run found a step that would fail. Nothing was changed.')
      : vscode.l10n.t('A step failed; what was done before it stays.');
  }
  if (dryRun) return vscode.l10n.t('The dry run went through. Nothing was changed.');
  const ready = after.outcome !== 'fail';
  if (steps.length === 0) {
    return ready
      ? vscode.l10n.t('Nothing is to be done.')
      : vscode.l10n.t('Nothing here can be done by Prepare; Verify says what is left.');
  }
  return ready ? vscode.l10n.t('Done: events can flow.') : vscode.l10n.t('Done. Verify says what is left.');
}

function stepsTable(steps: readonly DoneStep[]): string {
  const rows = steps.map(({ id, state, what, result }) => [
    stepBadge(state),
    name(`**${escape(stepTitle(id))}**<br>${escape(capital(what))}`),
    escapeAroundCode(result),
  ]);
  return table(['', vscode.l10n.t('Step'), vscode.l10n.t('What Salesforce answered')], rows);
}

function stepBadge(state: DoneStep['state']): string {
  switch (state) {
    case 'done':
      return badge('pass', vscode.l10n.t('Done'));
    case 'checked':
      return badge('pass', vscode.l10n.t('Would succeed'));
    case 'failed':
      return badge('fail', vscode.l10n.t('Failed'));
    case 'not reached':
      return badge('unknown', vscode.l10n.t('Not reached'));
  }
}

/** Every prerequisite that is or was no pass. */
export function beforeAndAfter(before: VerifyReport, after: VerifyReport, dryRun: boolean): string {
  const pairs = after.prerequisites.map((now) => ({
    now,
    was: before.prerequisites.find(({ id }) => id === now.id)?.outcome ?? 'unknown',
  }));
  const shown = pairs.filter(({ was, now }) => was !== 'pass' || now.outcome !== 'pass');
  const same = pairs.length - shown.length;
  const rest = same === 0 ? [] : [vscode.l10n.t('{0} others pass as before.', same)];
  if (shown.length === 0) return rest.join('');
  const header = dryRun ? [vscode.l10n.t('Now')] : [vscode.l10n.t('Before'), vscode.l10n.t('After')];
  const rows = shown.map(({ was, now }) => [
    name(escape(now.title)),
    ...(dryRun ? [] : [outcomeBadge(was)]),
    outcomeBadge(now.outcome),
    escapeAroundCode(now.evidence),
  ]);
  const columns = [vscode.l10n.t('Prerequisite'), ...header, vscode.l10n.t('What Salesforce answered')];
  return [table(columns, rows), ...rest].join('\n\n');
}

function next({ create, account }: Wishes, { steps, dryRun }: Prepared): string[] {
  if (create === undefined || dryRun || steps.some(({ state }) => state !== 'done')) return [];
  return [
    `## ${vscode.l10n.t('What is next')}`,
    vscode.l10n.t(
      'Let the Salesforce CLI log in as {0}. No password was set, and Orgwatch never handles one.',
      code(account ?? ''),
    ),
    [
      `- ${vscode.l10n.t('For a machine without a browser, a JWT login needs none: see docs/service-account.md.')}`,
      `- ${vscode.l10n.t('For a browser, Setup › Users › Reset Password lets Salesforce mail a link to {0}.', code(create.email))}`,
    ].join('\n'),
  ];
}
