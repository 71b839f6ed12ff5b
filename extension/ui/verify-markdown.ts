import * as vscode from 'vscode';
import { ADMIN_ALIAS, needsAdmin, remedyParts } from '../prerequisites/report.ts';
import type { Outcome, PrerequisiteReport, VerifyReport } from '../prerequisites/report.ts';
import { utcMinute } from '../shared/utc.ts';
import { shellWord } from '../shared/shell.ts';
import { badge, block, code, document, escape, escapeAroundCode, name, table } from './markdown.ts';
import { outcomeBadge } from './outcome-badge.ts';
import { outcomeCounts, OUTCOMES } from './titles.ts';

/** The report for a person: the summary, everything with its evidence, then what is to be done. */
export function verifyMarkdown(report: VerifyReport, requestedAs: string, at: Date): string {
  return document([
    `# ${escape(vscode.l10n.t('Verify {0}', requestedAs))}`,
    summary(report),
    facts(report, at),
    `## ${vscode.l10n.t('Prerequisites')}`,
    table(
      ['', vscode.l10n.t('Prerequisite'), vscode.l10n.t('What Salesforce answered')],
      report.prerequisites.map(({ outcome, title, evidence }) => [
        outcomeBadge(outcome),
        name(escape(title)),
        escapeAroundCode(evidence),
      ]),
    ),
    ...todo(report.prerequisites),
    ...(needsAdmin(report) ? [adminNote(report)] : []),
  ]);
}

/** Most urgent first; prerequisites with the same remedy share it. */
function todo(prerequisites: readonly PrerequisiteReport[]): string[] {
  const byRemedy = new Map<string, PrerequisiteReport[]>();
  for (const outcome of OUTCOMES)
    for (const prerequisite of prerequisites.filter((each) => each.outcome === outcome && each.remedy !== null))
      byRemedy.set(prerequisite.remedy ?? '', [...(byRemedy.get(prerequisite.remedy ?? '') ?? []), prerequisite]);
  if (byRemedy.size === 0) return [];
  return [
    `## ${vscode.l10n.t('What to do')}`,
    ...[...byRemedy].flatMap(([remedy, same]) => [
      same.map((each) => `${outcomeBadge(each.outcome)} **${escape(each.title)}**`).join('  \n'),
      remedyBlocks(remedy),
    ]),
  ];
}

function adminNote({ org }: VerifyReport): string {
  const note = vscode.l10n.t(
    '{0} stands for an alias under which sf is authorized as a System Administrator:',
    ADMIN_ALIAS,
  );
  const login = `sf org login web --instance-url ${shellWord(org.instanceUrl)} --alias ${ADMIN_ALIAS}`;
  return `---\n\n${escape(note)}\n\n${block(login)}`;
}

function remedyBlocks(remedy: string): string {
  return remedyParts(remedy)
    .map(({ command, text }) => (command ? block(text) : escape(text)))
    .join('\n\n');
}

function summary({ outcome, prerequisites }: VerifyReport): string {
  const counts = outcomeCounts(prerequisites.map((each) => each.outcome));
  return `**${verdict(outcome)}** ${counts.map((each) => badge(each.outcome, each.words)).join(' ')}`;
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
  const when = vscode.l10n.t('verified {0} UTC', utcMinute(at));
  return [code(org.username), code(org.instanceUrl), code(org.orgId), when].join(' · ');
}
