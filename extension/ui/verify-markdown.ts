import * as vscode from 'vscode';
import type { Outcome, PrerequisiteReport, VerifyReport } from '../prerequisites/report.ts';
import { badge, code, escape, escapeAroundCode, table } from './markdown.ts';

/** The report for a person: the summary, what is to be done, then everything with its evidence. */
export function verifyMarkdown(report: VerifyReport, requestedAs: string, at: Date): string {
  const open = report.prerequisites.filter(({ outcome }) => outcome !== 'pass');
  const sections = [
    `# ${escape(vscode.l10n.t('Verify {0}', requestedAs))}`,
    summary(report),
    facts(report, at),
    ...(open.length === 0 ? [] : [`## ${vscode.l10n.t('What to do')}`, ...byUrgency(open).map(task)]),
    `## ${vscode.l10n.t('All prerequisites')}`,
    table(
      ['', vscode.l10n.t('Prerequisite'), vscode.l10n.t('What Salesforce answered')],
      report.prerequisites.map(({ outcome, title, evidence }) => [
        outcomeBadge(outcome),
        escape(title),
        escapeAroundCode(evidence),
      ]),
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}

const URGENCY: readonly Outcome[] = ['fail', 'warning', 'unknown', 'pass'];

function byUrgency(prerequisites: readonly PrerequisiteReport[]): PrerequisiteReport[] {
  return [...prerequisites].sort((left, right) => URGENCY.indexOf(left.outcome) - URGENCY.indexOf(right.outcome));
}

function task({ title, outcome, evidence, remedy }: PrerequisiteReport): string {
  const todo = remedy === null ? [] : [remedyBlocks(remedy)];
  return [`### ${outcomeBadge(outcome)} ${escape(title)}`, escapeAroundCode(evidence), ...todo].join('\n\n');
}

/** Commands, in backticks in the remedy, become blocks of their own: to read, and to copy. */
function remedyBlocks(remedy: string): string {
  return remedy
    .split('`')
    .map((part, index) => {
      if (index % 2 === 1) return `\`\`\`sh\n${part}\n\`\`\``;
      return escape(part.replace(/^[.,;]?\s*/, '').trimEnd());
    })
    .filter((part) => part !== '')
    .join('\n\n');
}

function summary({ outcome, prerequisites }: VerifyReport): string {
  const total = (wanted: Outcome): number => prerequisites.filter((each) => each.outcome === wanted).length;
  const counts = [
    total('fail') > 0 ? vscode.l10n.t('{0} failed', total('fail')) : '',
    total('warning') > 0 ? vscode.l10n.t('{0} with a warning', total('warning')) : '',
    total('unknown') > 0 ? vscode.l10n.t('{0} unknown', total('unknown')) : '',
    vscode.l10n.t('{0} passed', total('pass')),
  ].filter((part) => part !== '');
  return `**${verdict(outcome)}** ${counts.join(', ')}.`;
}

function verdict(outcome: Outcome): string {
  switch (outcome) {
    case 'pass':
      return vscode.l10n.t('Everything holds: events can flow.');
    case 'fail':
      return vscode.l10n.t('Not ready yet.');
    case 'warning':
    case 'unknown':
      return vscode.l10n.t('Events can flow; some things deserve a look.');
  }
}

function facts({ org }: VerifyReport, at: Date): string {
  return table(
    [vscode.l10n.t('User'), vscode.l10n.t('Instance'), vscode.l10n.t('Organization'), vscode.l10n.t('Verified')],
    [
      [
        code(org.username),
        code(org.instanceUrl),
        code(org.orgId),
        `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
      ],
    ],
  );
}

function outcomeBadge(outcome: Outcome): string {
  const words: Readonly<Record<Outcome, string>> = {
    pass: vscode.l10n.t('Pass'),
    fail: vscode.l10n.t('Fail'),
    warning: vscode.l10n.t('Warning'),
    unknown: vscode.l10n.t('Unknown'),
  };
  return badge(outcome, words[outcome]);
}
