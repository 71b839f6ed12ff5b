import { utcMinute } from '../shared/utc.ts';
import { redact, type Known } from './redact.ts';

/** What an issue report says; nothing of it names a person, an org or a secret. */
export interface IssueFacts {
  readonly version: string;
  readonly vscode: string;
  /** “Visual Studio Code”, “code-server” … */
  readonly app: string;
  readonly remote: string;
  readonly node: string;
  readonly platform: string;
  readonly language: string;
  readonly trusted: boolean;
  readonly folders: number;
  /** Those that are not at their default; texts are told by their being there, not by what they say. */
  readonly settings: readonly (readonly [id: string, value: string])[];
  readonly orgs: readonly OrgFacts[];
  /** The end of the log, oldest line first. */
  readonly log: readonly string[];
}

export interface OrgFacts {
  /** Prerequisites by outcome. */
  readonly outcomes: readonly (readonly [outcome: string, ids: readonly string[]])[];
  readonly runs: readonly { readonly startedAt: string; readonly endedAt: string | null; readonly outcome: string }[];
  /** The last state of each source. */
  readonly sources: readonly (readonly [source: string, state: string])[];
  /** Error code, where its ledger cannot be read. */
  readonly trouble?: string;
}

/** The report, in English whatever the language of VS Code: those who read it share no other. */
export function issueReport(facts: IssueFacts, known: Known): string {
  const { version, vscode, app, remote, node, platform, language, trusted, folders } = facts;
  const lines = [
    '# Orgwatch: issue',
    '',
    '## What happened',
    '',
    '## What was expected',
    '',
    '## How to make it happen again',
    '',
    '## Diagnostics',
    '',
    'Users, orgs, addresses, ids and secrets are left out. Read it before you pass it on.',
    '',
    '| | |',
    '| --- | --- |',
    ...[
      ['Orgwatch', version],
      ['VS Code', `${vscode} (${app}${remote === '' ? '' : `, ${remote}`})`],
      ['Node.js', node],
      ['Platform', platform],
      ['Language', language],
      ['Workspace', `${folders} folders, ${trusted ? 'trusted' : 'not trusted'}`],
    ].map(([name, value]) => `| ${name} | ${value} |`),
    '',
    '### Settings that are not at their default',
    '',
    ...(facts.settings.length === 0 ? ['None.'] : facts.settings.map(([id, value]) => `- \`${id}\`: ${value}`)),
    ...facts.orgs.flatMap(orgLines),
    '',
    '### End of the log',
    '',
    '```text',
    ...facts.log,
    '```',
  ];
  return `${redact(lines.join('\n'), known)}\n`;
}

function orgLines({ outcomes, runs, sources, trouble }: OrgFacts, index: number): string[] {
  return [
    '',
    `### Org ${index + 1}`,
    '',
    ...(trouble === undefined ? [] : [`Its ledger cannot be read: ${trouble}`, '']),
    outcomes.length === 0
      ? 'Verify has not run.'
      : `Verify: ${outcomes.map(([outcome, ids]) => `${outcome} (${ids.join(', ')})`).join('; ')}`,
    ...(runs.length === 0 ? [] : ['', ...runs.map(runLine)]),
    ...(sources.length === 0 ? [] : ['', ...sources.map(([source, state]) => `- ${source}: ${state}`)]),
  ];
}

function runLine({ startedAt, endedAt, outcome }: OrgFacts['runs'][number]): string {
  const took = endedAt === null ? '' : `, ${Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000)} s`;
  return `- ${utcMinute(startedAt)} UTC: ${outcome}${took}`;
}
