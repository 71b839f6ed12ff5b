import * as vscode from 'vscode';
import type { Verification } from '../../lake/ledger-verifications.ts';
import type { Outcome, VerifyReport } from '../../prerequisites/report.ts';
import { ago, number } from '../format.ts';
import { escape, escapeAroundCode } from '../markdown.ts';
import type { OrgTarget } from '../org-target.ts';
import { prerequisiteTitle } from '../titles.ts';
import { node, type Node } from '../tree.ts';

/** Titles of prerequisites by id. */
export type Titles = ReadonlyMap<string, string>;

const ICONS: Readonly<Record<Outcome, readonly [icon: string, color: string]>> = {
  pass: ['pass', 'testing.iconPassed'],
  fail: ['error', 'testing.iconFailed'],
  warning: ['warning', 'list.warningForeground'],
  unknown: ['question', 'disabledForeground'],
};

const ORDER: readonly Outcome[] = ['fail', 'warning', 'unknown', 'pass'];

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
  const children = verification.prerequisites
    .map(({ id: name, outcome, evidence }) => ({ name, outcome: outcomeOf(outcome), evidence }))
    .sort((a, b) => order(a.name, titles) - order(b.name, titles))
    .map(({ name, outcome, evidence }): Node => {
      const [icon, color] = ICONS[outcome];
      const title = prerequisiteTitle({ id: name, title: titles.get(name) ?? name });
      const tooltip = new vscode.MarkdownString(
        `**${escape(title)}** – ${word(outcome)}\n\n${escapeAroundCode(evidence)}`,
      );
      return node(
        {
          id: `${own} ${name}`,
          label: title,
          description: word(outcome),
          tooltip,
          icon,
          color,
          context: `prerequisite.${outcome}`,
        },
        [],
        { target, prerequisiteId: name },
      );
    });
  const { at, account } = verification;
  const when = at === undefined ? undefined : ago(new Date(at).toISOString(), now);
  return node(
    {
      id: own,
      label,
      description: [counts(verification), when].filter(Boolean).join(' · '),
      tooltip: when === undefined ? label : vscode.l10n.t('{0} was verified {1}.', account ?? '', when),
      icon: 'checklist',
      context: 'prerequisites',
    },
    children,
    { target },
  );
}

function order(name: string, titles: Titles): number {
  const index = [...titles.keys()].indexOf(name);
  return index < 0 ? titles.size : index;
}

function counts({ prerequisites }: Found): string {
  const total = (wanted: Outcome): number =>
    prerequisites.filter(({ outcome }) => outcomeOf(outcome) === wanted).length;
  const words: Readonly<Record<Outcome, string>> = {
    fail: vscode.l10n.t('{0} failed', number(total('fail'))),
    warning: vscode.l10n.t('{0} with a warning', number(total('warning'))),
    unknown: vscode.l10n.t('{0} unknown', number(total('unknown'))),
    pass: vscode.l10n.t('{0} passed', number(total('pass'))),
  };
  return ORDER.filter((each) => total(each) > 0)
    .map((each) => words[each])
    .join(', ');
}

function outcomeOf(text: string): Outcome {
  return text === 'pass' || text === 'fail' || text === 'warning' ? text : 'unknown';
}

function word(outcome: Outcome): string {
  const words: Readonly<Record<Outcome, string>> = {
    pass: vscode.l10n.t('Pass'),
    fail: vscode.l10n.t('Fail'),
    warning: vscode.l10n.t('Warning'),
    unknown: vscode.l10n.t('Unknown'),
  };
  return words[outcome];
}
