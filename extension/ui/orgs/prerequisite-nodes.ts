import * as vscode from 'vscode';
import type { Verification } from '../../lake/ledger-verifications.ts';
import type { Outcome, VerifyReport } from '../../prerequisites/report.ts';
import { ago } from '../format.ts';
import { escape, escapeAroundCode } from '../markdown.ts';
import type { OrgTarget } from '../org-target.ts';
import { outcomeCounts, outcomeWord } from '../titles.ts';
import { node, type Node } from '../tree.ts';

/** Titles of prerequisites by id. */
export type Titles = ReadonlyMap<string, string>;

const ICONS: Readonly<Record<Outcome, readonly [icon: string, color: string]>> = {
  pass: ['pass', 'testing.iconPassed'],
  fail: ['error', 'testing.iconFailed'],
  warning: ['warning', 'list.warningForeground'],
  unknown: ['question', 'disabledForeground'],
};

/** What Verify found; of a window before this one, and before the first sync, the outcomes alone are known. */
export interface Found {
  readonly at: number | undefined;
  readonly account: string | undefined;
  readonly prerequisites: readonly { readonly id: string; readonly outcome: string; readonly evidence: string }[];
}

/** What the ledger keeps; before there is one, what this window or its memory knows. */
export function foundOf(
  kept: Verification | undefined,
  report: VerifyReport | undefined,
  outcomes: Readonly<Record<string, string>> | undefined,
): Found | undefined {
  if (kept) return kept;
  if (report) return { at: Date.parse(report.at), account: report.org.username, prerequisites: report.prerequisites };
  if (!outcomes) return undefined;
  const prerequisites = Object.entries(outcomes).map(([id, outcome]) => ({ id, outcome, evidence: '' }));
  return { at: undefined, account: undefined, prerequisites };
}

/** What Verify found last. */
export function prerequisitesNode(
  id: string,
  target: OrgTarget,
  verification: Found | undefined,
  titles: Titles,
  now: number,
): Node {
  const label = vscode.l10n.t('Prerequisites');
  const own = `${id} prerequisites`;
  if (verification === undefined) {
    const description = vscode.l10n.t('not verified yet');
    return node({ id: own, label, description, icon: 'checklist', context: 'prerequisites' }, [], { target });
  }
  const found = verification.prerequisites
    .map((each) => ({ ...each, outcome: outcomeOf(each.outcome) }))
    .sort((a, b) => order(a.id, titles) - order(b.id, titles));
  const { at, account } = verification;
  const when = at === undefined ? undefined : ago(at, now);
  const counts = outcomeCounts(found.map(({ outcome }) => outcome)).map(({ words }) => words);
  return node(
    {
      id: own,
      label,
      description: [counts.join(', '), when].filter(Boolean).join(' · '),
      tooltip: when === undefined ? label : vscode.l10n.t('{0} was verified {1}.', account ?? '', when),
      icon: 'checklist',
      context: 'prerequisites',
    },
    found.map((each) => prerequisiteNode(own, target, each, titles)),
    { target },
  );
}

function prerequisiteNode(
  parent: string,
  target: OrgTarget,
  { id, outcome, evidence }: { readonly id: string; readonly outcome: Outcome; readonly evidence: string },
  titles: Titles,
): Node {
  const [icon, color] = ICONS[outcome];
  const word = outcomeWord(outcome);
  const title = titles.get(id) ?? id;
  const tooltip = new vscode.MarkdownString(`**${escape(title)}** – ${word}\n\n${escapeAroundCode(evidence)}`);
  return node(
    {
      id: `${parent} ${id}`,
      label: title,
      description: word,
      tooltip,
      icon,
      color,
      context: `prerequisite.${outcome}`,
    },
    [],
    { target, prerequisiteId: id },
  );
}

function order(name: string, titles: Titles): number {
  const index = [...titles.keys()].indexOf(name);
  return index < 0 ? titles.size : index;
}

function outcomeOf(text: string): Outcome {
  return text === 'pass' || text === 'fail' || text === 'warning' ? text : 'unknown';
}
