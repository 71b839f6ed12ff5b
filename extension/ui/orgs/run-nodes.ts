import * as vscode from 'vscode';
import type { SourceOutcome } from '../../lake/ledger-runs.ts';
import { counted } from '../../shared/wording.ts';
import type { RunOverview } from '../../sync/overview.ts';
import { clock, duration, size } from '../format.ts';
import { sourceTitle, stateWord } from '../titles.ts';
import { node, noteNodes, type Node } from '../tree.ts';
import { targetOfOrg, type KnownOrg } from './known-orgs.ts';

const ICONS: Readonly<Record<string, readonly [icon: string, color?: string]>> = {
  done: ['pass', 'testing.iconPassed'],
  partial: ['warning', 'list.warningForeground'],
  limited: ['warning', 'list.warningForeground'],
  paused: ['debug-pause'],
  failed: ['error', 'testing.iconFailed'],
  cancelled: ['stop-circle'],
  running: ['sync~spin'],
  interrupted: ['debug-disconnect'],
  unavailable: ['circle-slash', 'disabledForeground'],
};

/** The runs of all orgs, newest first. */
export function runNodes(orgs: readonly KnownOrg[], now: number): readonly Node[] {
  const all = orgs.flatMap((org) => (org.lake?.runs ?? []).map((run) => ({ org, run })));
  all.sort((a, b) => b.run.startedAt.localeCompare(a.run.startedAt));
  const isOne = new Set(all.map(({ org }) => org.orgId)).size === 1;
  return all.map(({ org, run }) => runNode(org, run, isOne, now));
}

function runNode(org: KnownOrg, run: RunOverview, isOneOrg: boolean, now: number): Node {
  const id = `${org.orgId} ${org.dataDir ?? ''} ${String(run.id)}`;
  const [icon, color] = ICONS[run.outcome] ?? ['circle-outline'];
  const brought = vscode.l10n.t('{0}, {1}', counted(run.rows, 'row'), counted(run.requests, 'call'));
  const label = clock(run.startedAt, now);
  const said = run.outcome === 'done' ? [brought] : [stateWord(run.outcome), brought];
  return node(
    {
      id,
      label: isOneOrg ? label : `${org.name}, ${label}`,
      description: said.join(' · '),
      tooltip: tooltip(org, run),
      icon,
      color,
      context: `run.${run.outcome}`,
    },
    run.sources.map((source) => sourceNode(`${id} ${source.source}`, source, org)),
    { target: targetOfOrg(org) },
  );
}

function sourceNode(id: string, outcome: SourceOutcome, org: KnownOrg): Node {
  const { source, state, reason, actions, rows, files, bytes } = outcome;
  const [icon, color] = state === 'done' ? (['database'] as const) : (ICONS[state] ?? ['circle-outline']);
  const brought = [counted(rows, 'row'), counted(files, 'file'), size(bytes)].join(' · ');
  return node(
    {
      id,
      label: sourceTitle(source),
      description: state === 'done' ? brought : [stateWord(state), brought].join(' · '),
      tooltip: reason ?? brought,
      icon,
      color,
      context: 'runSource',
    },
    noteNodes(id, reason, actions),
    { target: targetOfOrg(org), source },
  );
}

function tooltip(org: KnownOrg, { outcome, startedAt, endedAt }: RunOverview): string {
  const from = new Date(startedAt).toLocaleString(vscode.env.language);
  const took = endedAt === null ? undefined : duration(Date.parse(endedAt) - Date.parse(startedAt));
  const lines = [org.name, `${stateWord(outcome)} – ${from}`];
  return [...lines, ...(took === undefined ? [] : [vscode.l10n.t('Took {0}.', took)])].join('\n');
}
