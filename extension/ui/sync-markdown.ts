import path from 'node:path';
import * as vscode from 'vscode';
import { shellWord } from '../shared/shell.ts';
import { utcMinute } from '../shared/utc.ts';
import type { SourceReport, SyncReport } from '../sync/report.ts';
import { number, size } from './format.ts';
import { badge, block, code, document, escape, escapeAroundCode, table, whole } from './markdown.ts';
import { sourceTitle, stateWord } from './titles.ts';

const KINDS = {
  done: 'pass',
  partial: 'warning',
  limited: 'warning',
  paused: 'warning',
  unavailable: 'unknown',
  failed: 'fail',
  cancelled: 'warning',
} as const;

/** The report for a person: what came, what is missing and why, the quota, and where the data lies. */
export function syncMarkdown(report: SyncReport, requestedAs: string, at: Date): string {
  const { notes = [] } = report;
  const explained = report.sources.filter(({ reason }) => reason !== undefined);
  return document([
    `# ${escape(vscode.l10n.t('Sync {0}', requestedAs))}`,
    summary(report, at),
    ...first(report),
    sourcesTable(report.sources),
    ...(explained.length + notes.length === 0
      ? []
      : [`## ${vscode.l10n.t('What to know')}`, ...notes.map(escape), ...explained.map(explanation)]),
    `## ${vscode.l10n.t('API calls')}`,
    quota(report),
    `## ${vscode.l10n.t('Where the data lies')}`,
    `${code(report.dataDir)}\n\n${vscode.l10n.t('Ask it questions in SQL with the command line of Orgwatch:')}`,
    block(
      `orgwatch query --target-org ${shellWord(requestedAs)} --data-dir ${shellWord(path.dirname(report.dataDir))} "SELECT * FROM login_history LIMIT 20"`,
    ),
  ]);
}

function summary(report: SyncReport, at: Date): string {
  const rows = number(report.sources.reduce((sum, source) => sum + source.rows, 0));
  const calls = number(report.quota.requests);
  const came = vscode.l10n.t('{0} new events with {1} API calls.', rows, calls);
  return `**${verdict(report)}** ${came}\n\n${code(report.org.username)} · ${code(report.org.orgId)} · ${utcMinute(at)} UTC`;
}

function verdict(report: SyncReport): string {
  switch (report.outcome) {
    case 'done':
      return vscode.l10n.t('Done.');
    case 'partial':
      return vscode.l10n.t('Incomplete. What came is in the lake; what is missing, and why, is told below.');
    case 'paused':
      return report.resumesAt === undefined
        ? vscode.l10n.t('Paused: the calls above the reserve are used up. The next sync goes on from here.')
        : vscode.l10n.t(
            'Paused until {0}: the calls above the reserve are used up. The next sync goes on from here.',
            `${utcMinute(report.resumesAt)} UTC`,
          );
    case 'cancelled':
      return vscode.l10n.t('Cancelled. What came is kept; the next sync goes on from here.');
    case 'failed':
      return vscode.l10n.t('Not complete. What came is kept; the next sync tries again what failed.');
  }
}

/** What to do before anything else, where the account does not see all that the org has. */
function first({ sources }: SyncReport): string[] {
  const limited = sources.filter(({ state }) => state === 'limited').map(({ source }) => escape(sourceTitle(source)));
  if (limited.length === 0) return [];
  const what = vscode.l10n.t('The account does not see all that the org has: {0}.', limited.join(', '));
  const remedy = vscode.l10n.t('First run “Orgwatch: Prepare Org”, as an administrator; then sync again.');
  return [`${badge('warning', what)}\n\n${remedy}`];
}

function sourcesTable(sources: readonly SourceReport[]): string {
  const header = [
    '',
    vscode.l10n.t('Source'),
    vscode.l10n.t('New events'),
    vscode.l10n.t('Files'),
    vscode.l10n.t('Received'),
    vscode.l10n.t('Calls'),
    vscode.l10n.t('Lake covers'),
  ];
  const rows = sources.map((source) => [
    badge(KINDS[source.state], stateWord(source.state)),
    `<span title="${source.source}">${escape(sourceTitle(source.source))}</span>`,
    number(source.rows),
    number(source.files),
    size(source.bytes),
    number(source.requests),
    source.from === null || source.to === null
      ? '–'
      : whole(vscode.l10n.t('{0} to {1}', source.from.slice(0, 10), source.to.slice(0, 10))),
  ]);
  return table(header, rows, [2, 3, 4, 5]);
}

function explanation({ source, state, reason, actions }: SourceReport): string {
  const steps = (actions ?? []).map((action) => `- ${escapeAroundCode(action)}`).join('\n');
  const said = `${badge(KINDS[state], stateWord(state))} ${code(source)}: ${escapeAroundCode(reason ?? '')}`;
  return steps === '' ? said : `${said}\n\n${steps}`;
}

function quota({ quota: { max, remaining, own, reserve, requests } }: SyncReport): string {
  const unknown = '–';
  return table(
    [vscode.l10n.t('Of the last 24 hours'), vscode.l10n.t('Calls')],
    [
      [vscode.l10n.t('Allocation of the org'), max === null ? unknown : number(max)],
      [
        vscode.l10n.t('Used by all applications'),
        max === null || remaining === null ? unknown : number(max - remaining),
      ],
      [vscode.l10n.t('Used by Orgwatch'), number(own)],
      [vscode.l10n.t('Used by this sync'), number(requests)],
      [vscode.l10n.t('Reserve that Orgwatch always leaves'), reserve === null ? unknown : number(reserve)],
    ],
    [1],
  );
}
