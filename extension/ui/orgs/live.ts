import path from 'node:path';
import * as vscode from 'vscode';
import { dataFolders } from '../data-folder.ts';
import type { HostBase } from '../host-base.ts';
import { LIVE_CONTEXTS, VIEWS } from '../ids.ts';
import { setContexts } from '../set-contexts.ts';
import { cadences } from '../settings.ts';
import { isTrusted } from '../trust.ts';
import { NodeTree, type Node } from '../tree.ts';
import { Activity } from './activity.ts';
import type { KnownOrg } from './known-orgs.ts';
import { orgNode } from './org-nodes.ts';
import { OrgList } from './org-list.ts';
import { foundOf, type Found, type Titles } from './prerequisite-nodes.ts';
import { runNodes } from './run-nodes.ts';
import { Scheduler } from './scheduler.ts';
import { StatusBar } from './status-bar.ts';

/** What changes within so many milliseconds is shown together. */
const SHOW_MS = 500;
const READ_MS = 1_000;
/** Whoever syncs commits several times a second. */
const COMMITS_MS = 3_000;

/** “3 minutes ago” grows old. */
const TICK_MS = 30_000;

/** What is alive while the window is open: the views, the status bar, the schedule, and what they are made of. */
export class Live implements vscode.Disposable {
  readonly orgs: OrgList;
  readonly activity = new Activity();
  readonly scheduler: Scheduler;
  readonly #host: HostBase;
  readonly #orgsTree = new NodeTree(VIEWS.orgs, true, () => this.#orgNodes());
  readonly #runsTree = new NodeTree(VIEWS.runs, true, async () => runNodes(await this.orgs.read(), Date.now()));
  readonly #views = [this.#orgsTree.view, this.#runsTree.view];
  readonly #statusBar: StatusBar;
  readonly #disposables: vscode.Disposable[] = [];
  #watchers: vscode.Disposable[] = [];
  readonly #show = soon(SHOW_MS, () => this.#showNow());
  readonly #readAgain = soon(READ_MS, () => this.refresh());
  readonly #readCommits = soon(COMMITS_MS, () => this.refresh());

  constructor(host: HostBase) {
    this.#host = host;
    const { log, memory, changed } = host;
    this.orgs = new OrgList(log);
    const onSynced = (): void => changed.fire();
    this.scheduler = new Scheduler({ log, memory, orgs: this.orgs, activity: this.activity, isTrusted, onSynced });
    this.#statusBar = new StatusBar(this.activity, this.scheduler);
    const tick = setInterval(() => this.#tick(), TICK_MS);
    this.#disposables.push(
      this.activity,
      this.#orgsTree,
      this.#runsTree,
      this.#statusBar,
      ...this.#views.map((view) => view.onDidChangeVisibility(({ visible }) => visible && this.#readAgain.now())),
      this.activity.onDidChange(() => this.#show.later()),
      host.verified.onDidVerify(() => this.#readAgain.now()),
      changed.event(() => {
        this.orgs.forget();
        this.#readAgain.now();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('orgwatch') && this.restart()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.restart()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.restart()),
      { dispose: () => clearInterval(tick) },
    );
    this.restart();
  }

  /** Reads all anew, logins included. */
  restart(): void {
    this.orgs.forget();
    for (const watcher of this.#watchers) watcher.dispose();
    this.#watchers = dataFolders().flatMap((folder) => this.#watch(folder));
    this.refresh();
  }

  /** Reads the ledgers anew. */
  refresh(): void {
    this.orgs.forgetLakes();
    this.#orgsTree.refresh();
    this.#runsTree.refresh();
    void this.scheduler.reconcile().then(() => this.#showNow());
  }

  /** Ends what is under way, leases included. */
  async stop(): Promise<void> {
    for (const { byUser, cancel } of this.activity.all.values()) if (byUser) cancel();
    await Promise.all([this.scheduler.stop(), this.activity.ended()]);
  }

  dispose(): void {
    this.#show.end();
    this.#readAgain.end();
    this.#readCommits.end();
    for (const disposable of [...this.#watchers, ...this.#disposables]) disposable.dispose();
  }

  async #orgNodes(): Promise<readonly Node[]> {
    const orgs = await this.orgs.read();
    const titles = await readTitles();
    const scheduled = (orgId: string): ReturnType<typeof cadences> | undefined =>
      this.scheduler.isScheduled(orgId) ? cadences() : undefined;
    const { verified } = this.#host;
    const found = ({ orgId, lake }: KnownOrg): Found | undefined =>
      foundOf(lake?.verification, verified.reportOf(orgId), verified.outcomes()[orgId]);
    const parts = { activity: this.activity, titles, scheduled, found, isOnly: orgs.length === 1, now: Date.now() };
    return orgs.map((org, index) => {
      const isFirst = orgs.findIndex(({ orgId }) => orgId === org.orgId) === index;
      return orgNode(org, { ...parts, id: isFirst ? org.orgId : `${org.orgId} ${org.dataDir ?? ''}` });
    });
  }

  #showNow(): void {
    this.#orgsTree.refresh();
    void this.#showStatus();
  }

  async #showStatus(): Promise<void> {
    // Reading logins loads much: only where a view or the schedule did already.
    const orgs = this.orgs.isRead ? await this.orgs.read() : await this.orgs.readLakes();
    this.#statusBar.show(orgs, Date.now());
    await setContexts({
      [LIVE_CONTEXTS.syncing]: this.activity.all.size > 0,
      [LIVE_CONTEXTS.schedule]: this.scheduler.state,
      [LIVE_CONTEXTS.hasLake]: orgs.some(({ dataDir }) => dataDir !== undefined),
    });
  }

  #tick(): void {
    if (this.#views.some(({ visible }) => visible)) this.refresh();
    else void this.#showStatus();
  }

  /** What other processes write into ledgers, and folders that are moved, deleted or put back. */
  #watch(folder: string): vscode.Disposable[] {
    const watch = (base: string, pattern: string): vscode.FileSystemWatcher =>
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(base), pattern));
    const again = (): void => this.#readAgain.later();
    const ledgers = watch(folder, '*/ledger.sqlite');
    // Commits go here first; those of this window are told by what made them. That the file comes and goes is of no
    // interest: each who reads a ledger makes it so.
    const commits = watch(folder, '*/ledger.sqlite-wal');
    ledgers.onDidChange(again);
    commits.onDidChange(() => this.activity.all.size === 0 && this.#readCommits.later());
    // Who deletes a folder deletes no file of it, as far as watchers tell.
    const places = [ledgers, watch(folder, '*'), watch(path.dirname(folder), path.basename(folder))];
    for (const place of places) {
      place.onDidCreate(again);
      place.onDidDelete(again);
    }
    return [commits, ...places];
  }
}

async function readTitles(): Promise<Titles> {
  const { PREREQUISITES } = await import('../../prerequisites/registry.ts');
  return new Map(PREREQUISITES.map(({ id, title }) => [id, title]));
}

/** Work that is done once for all that asks for it within a time. */
function soon(ms: number, work: () => void): { later(): void; now(): void; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const run = (): void => {
    end();
    work();
  };
  return { end, now: run, later: () => (timer ??= setTimeout(run, ms)) };
}
