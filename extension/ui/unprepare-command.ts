import * as vscode from 'vscode';
import type { VerifyReport } from '../prerequisites/report.ts';
import type { Removal, Removed } from '../prerequisites/unprepare.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { utcMinute } from '../shared/utc.ts';
import type { Host } from './host.ts';
import { badge, code, document, escape, table } from './markdown.ts';
import { orgKind, type OrgKind } from './org-kind.ts';
import { orgFrom, pickAdmin } from './pick-org.ts';
import { beforeAndAfter } from './prepare-markdown.ts';
import { runCommand, withCancellableProgress } from './run-command.ts';
import { quotaPolicy } from './settings.ts';
import { keepReport } from './keep-report.ts';

interface RemovalItem extends vscode.QuickPickItem {
  readonly removal: Removal;
}

/** Orgwatch: Unprepare Org. Shows what Prepare brought and who has it, asks, and removes what was picked. */
export async function unprepareOrg(host: Host, argument?: unknown): Promise<vscode.Uri | undefined> {
  return runCommand(host, vscode.l10n.t('Unprepare Org'), async () => {
    const login = await pickAdmin(host, orgFrom(argument));
    const { openCalls } = await import('../lake/calls.ts');
    const { openPrepareDoors } = await import('../prerequisites/prepare-doors.ts');
    const { removals, unprepare } = await import('../prerequisites/unprepare.ts');
    const { verifyForPrepare } = await import('../prerequisites/prepare-verify.ts');
    using calls = openCalls();
    using doors = await openPrepareDoors(login, { calls, quota: quotaPolicy(), log: host.log });
    const { admin } = doors;
    // The account that collects, where this window has verified it; else the administrator stands in.
    const account = host.verified.reportOf(admin.org.orgId)?.org.username;
    const title = vscode.l10n.t('Looking for what Prepare brought to {0}', login);
    const [found, kind, { report: before }] = await withCancellableProgress(title, async (_, signal) =>
      Promise.all([
        removals(admin, signal),
        orgKind(admin),
        verifyForPrepare(doors, account, { log: host.log, signal }),
      ]),
    );
    const show = async (done: Partial<Unprepared> = {}): Promise<vscode.Uri> =>
      host.reports.show(
        vscode.l10n.t('{0} – Unprepare', login),
        unpreparedMarkdown(
          login,
          kind,
          { found, before, steps: [], dryRun: false, after: undefined, ...done },
          new Date(),
        ),
      );
    const report = await show();
    if (found.length === 0) return report;
    const picked = await pickRemovals(found);
    const take = async (dryRun: boolean): Promise<readonly Removed[]> => {
      const words = dryRun
        ? vscode.l10n.t('Checking what would be removed from {0} ({1})', login, kind.words)
        : vscode.l10n.t('Removing from {0} ({1})', login, kind.words);
      return withCancellableProgress(words, async (_, signal) =>
        unprepare({ door: admin, log: host.log, signal }, picked, dryRun),
      );
    };
    let decision = await confirm(login, kind, picked, true);
    if (decision === 'dry run') {
      await show({ steps: await take(true), dryRun: true });
      decision = await confirm(login, kind, picked, false);
    }
    const steps = await take(false);
    const { report: after } = await withCancellableProgress(
      vscode.l10n.t('Verifying {0}', account ?? login),
      async (_, signal) => verifyForPrepare(doors, account, { log: host.log, signal }),
    );
    if (account !== undefined) await keepReport(host, after);
    return show({ steps, after });
  });
}

async function pickRemovals(found: readonly Removal[]): Promise<readonly Removal[]> {
  const items = found.map((removal): RemovalItem => ({
    removal,
    label: removal.fullName,
    description: kindWord(removal),
    detail: heldBy(removal),
    // Nobody is moved off a profile by us.
    picked: removal.type !== 'Profile' || removal.heldBy.length === 0,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Orgwatch: Unprepare Org'),
    placeHolder: vscode.l10n.t('What shall be removed? Nothing is changed before you confirm it.'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (picked !== undefined && picked.length > 0) return picked.map(({ removal }) => removal);
  throw new OrgwatchError('CANCELLED', vscode.l10n.t('Nothing was changed.'));
}

/** @throws OrgwatchError CANCELLED */
async function confirm(
  login: string,
  kind: OrgKind,
  picked: readonly Removal[],
  offerDryRun: boolean,
): Promise<'remove' | 'dry run'> {
  const remove = vscode.l10n.t('Remove');
  const dryRun = vscode.l10n.t('Dry Run');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Remove this from “{0}” ({1}) as {2}?', kind.name, kind.words, login),
    {
      modal: true,
      detail: picked.map((removal) => `• ${kindWord(removal)} ${removal.fullName}: ${heldBy(removal)}`).join('\n'),
    },
    ...(offerDryRun ? [remove, dryRun] : [remove]),
  );
  if (answer === undefined) throw new OrgwatchError('CANCELLED', vscode.l10n.t('Nothing was changed.'));
  return answer === remove ? 'remove' : 'dry run';
}

interface Unprepared {
  readonly found: readonly Removal[];
  readonly steps: readonly Removed[];
  readonly dryRun: boolean;
  readonly before: VerifyReport;
  /** Undefined while nothing has been changed. */
  readonly after: VerifyReport | undefined;
}

function unpreparedMarkdown(
  login: string,
  kind: OrgKind,
  { found, steps, dryRun, before, after }: Unprepared,
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

function kindWord({ type }: Removal): string {
  return type === 'Profile' ? vscode.l10n.t('profile') : vscode.l10n.t('permission set');
}

function heldBy({ heldBy }: Removal): string {
  return heldBy.length === 0 ? vscode.l10n.t('Nobody has it') : vscode.l10n.t('Held by {0}', heldBy.join(', '));
}
