import { readFile } from 'node:fs/promises';
import os from 'node:os';
import process from 'node:process';
import * as vscode from 'vscode';
import { version } from '../shared/version.ts';
import { dataFolders } from './data-folder.ts';
import type { Host } from './host.ts';
import { SETTINGS } from './ids.ts';
import { issueReport, type IssueFacts, type OrgFacts } from './issue-report.ts';
import type { Known } from './redact.ts';
import { runCommand } from './run-command.ts';
import { isTrusted } from './trust.ts';

const LOG_LINES = 200;
const RUNS = 10;
const NOTHING: OrgFacts = { outcomes: [], runs: [], sources: [] };

/** Orgwatch: Report Issue. A document with what helps to find a fault, and nothing that names a person or an org. */
export async function reportIssue(host: Host): Promise<vscode.Uri | undefined> {
  return runCommand(host, vscode.l10n.t('Report Issue'), async () => {
    const content = issueReport(await facts(host), await known());
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(document, { preview: false });
    void offerCopy(content);
    return document.uri;
  });
}

async function offerCopy(content: string): Promise<void> {
  const copy = vscode.l10n.t('Copy');
  const message = vscode.l10n.t('Say what happened at the top, and read the rest before you pass it on.');
  if ((await vscode.window.showInformationMessage(message, copy)) === copy)
    await vscode.env.clipboard.writeText(content);
}

async function facts(host: Host): Promise<IssueFacts> {
  return {
    version,
    vscode: vscode.version,
    app: vscode.env.appName,
    remote: vscode.env.remoteName ?? '',
    node: process.versions.node,
    platform: `${process.platform} ${process.arch} ${os.release()}`,
    language: vscode.env.language,
    trusted: isTrusted(),
    folders: vscode.workspace.workspaceFolders?.length ?? 0,
    settings: changedSettings(),
    orgs: await orgs(host),
    // Without the logins it is not known what names an org in the log.
    log: isTrusted() ? await endOfLog(host) : ['Left out: the folder is not trusted.'],
  };
}

/** A text may hold a name or a path: that it is set must do. */
function changedSettings(): IssueFacts['settings'] {
  const configuration = vscode.workspace.getConfiguration();
  return Object.values(SETTINGS).flatMap((id): [string, string][] => {
    const value = configuration.get<unknown>(id);
    const { defaultValue } = configuration.inspect(id) ?? {};
    if (JSON.stringify(value) === JSON.stringify(defaultValue)) return [];
    const tells = typeof value === 'number' || typeof value === 'boolean' || id === SETTINGS.quotaGuard;
    return [[id, tells ? String(value) : 'set']];
  });
}

async function orgs(host: Host): Promise<OrgFacts[]> {
  const { overview } = await import('../sync/overview.ts');
  const found = host.verified.outcomes();
  const lakes = dataFolders().flatMap((folder) => overview(folder));
  if (lakes.length === 0)
    return Object.values(found).map((outcomes) => ({ ...NOTHING, outcomes: byOutcome(Object.entries(outcomes)) }));
  return lakes.map((each): OrgFacts => {
    if ('error' in each) return { ...NOTHING, trouble: each.error.code };
    const { verification, runs, status } = each.lake;
    const kept = verification?.prerequisites.map(({ id, outcome }) => [id, outcome] as const);
    return {
      outcomes: byOutcome(kept ?? Object.entries(found[each.orgId] ?? {})),
      runs: runs.slice(0, RUNS).map(({ startedAt, endedAt, outcome }) => ({ startedAt, endedAt, outcome })),
      sources: status.sources.flatMap(({ source, state, reason }) =>
        state === null ? [] : [[source, [state, errorCode(reason)].filter(Boolean).join(', ')] as const],
      ),
    };
  });
}

function byOutcome(outcomes: readonly (readonly [id: string, outcome: string])[]): OrgFacts['outcomes'] {
  return [...Map.groupBy(outcomes, ([, outcome]) => outcome)].map(([outcome, each]) => [
    outcome,
    each.map(([id]) => id),
  ]);
}

/** Salesforce's or our own code in a reason, which may quote the org otherwise. */
function errorCode(reason: string | null): string | undefined {
  return /\b[A-Z]{2,}(?:_[A-Z]+)+\b/.exec(reason ?? '')?.[0];
}

async function endOfLog({ logFolder }: Host): Promise<string[]> {
  const text = await readFile(vscode.Uri.joinPath(logFolder, 'Orgwatch.log').fsPath, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-LOG_LINES);
}

/** What names a person, an org or a place, as far as this machine knows. */
async function known(): Promise<Known> {
  const logins = isTrusted() ? await (await import('../org/authorization.ts')).listAuthorizations() : [];
  const folders = vscode.workspace.workspaceFolders ?? [];
  return {
    words: [
      ...logins.flatMap(({ username, aliases, orgId, instanceUrl }) => [
        ...[username, ...aliases, orgId, orgId.slice(0, 15)],
        instanceUrl.replace(/^https?:\/\//, ''),
      ]),
      os.hostname(),
      os.userInfo().username,
    ],
    folders: [
      ...folders.map(({ uri }, index): [string, string] => [uri.fsPath, `<folder ${index + 1}>`]),
      ...dataFolders().map((folder): [string, string] => [folder, '<data folder>']),
      [os.homedir(), '~'],
      [os.tmpdir(), '<temporary folder>'],
    ],
  };
}
