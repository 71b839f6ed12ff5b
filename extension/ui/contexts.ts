import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { holdsLogin, loginsFolder } from '../org/login-files.ts';
import { messageOf } from '../shared/errors.ts';
import { dataFolders } from './data-folder.ts';
import type { Host } from './host.ts';
import { CONTEXTS, SETTINGS, TICK_CONTEXT } from './ids.ts';
import { setContexts } from './set-contexts.ts';
import { isTrusted, whenTrusted } from './trust.ts';

/** What Prepare puts right: the walkthrough's second step is done when none of it fails. */
const PREPARED = ['connector-profile', 'session-ip-lock', 'content-deliveries', 'crm-content-user'];

/** Between looks for the first login of all: there is no folder yet that could be watched. */
const FIRST_LOGIN_MS = 2_000;

/**
 * Keeps the context keys true: looks them up after activation, and again when something they follow from changes. Every
 * trusted window with a lake does so, seen or not: nothing heavy is loaded for it.
 */
export class Contexts implements vscode.Disposable {
  readonly #host: Host;
  readonly #subscriptions: vscode.Disposable[];
  #looking: Promise<void> | undefined;
  #again = false;
  #firstLogin: NodeJS.Timeout | undefined;

  constructor(host: Host) {
    this.#host = host;
    const refresh = (): void => this.#refresh();
    this.#subscriptions = [
      host.changed.event(refresh),
      vscode.workspace.onDidChangeWorkspaceFolders(refresh),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SETTINGS.dataDir)) refresh();
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
        if ([...opened, ...changed].some(isPage)) void tick();
      }),
    ];
    const start = whenTrusted(() => {
      this.#subscriptions.push(...this.#watchLogins());
      // Not within activation: others wait for it.
      setImmediate(refresh);
    });
    this.#subscriptions.push(start);
  }

  dispose(): void {
    clearInterval(this.#firstLogin);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** `sf org login` in a terminal writes a file for each login; all who show orgs hear of it. */
  #watchLogins(): vscode.Disposable[] {
    const folder = vscode.Uri.file(loginsFolder());
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*.json'));
    const tell = (): void => this.#host.changed.fire();
    if (!existsSync(folder.fsPath)) this.#firstLogin = setInterval(() => void this.#lookForFirst(), FIRST_LOGIN_MS);
    return [watcher, watcher.onDidCreate(tell), watcher.onDidDelete(tell)];
  }

  async #lookForFirst(): Promise<void> {
    if (!(await holdsLogin())) return;
    clearInterval(this.#firstLogin);
    this.#host.changed.fire();
  }

  /** One look at a time; what changes meanwhile is looked at afterwards. Nothing is looked up where nothing is trusted. */
  #refresh(): void {
    if (!isTrusted()) return;
    if (this.#looking !== undefined) {
      this.#again = true;
      return;
    }
    this.#looking = this.#look()
      .catch((error: unknown) => this.#host.log.warn(`Context keys: ${messageOf(error)}`))
      .finally(() => {
        this.#looking = undefined;
        if (!this.#again) return;
        this.#again = false;
        this.#refresh();
      });
  }

  async #look(): Promise<void> {
    const { overview } = await import('../sync/overview.ts');
    const authorized = await holdsLogin();
    const found = Object.values(this.#host.verified.outcomes());
    let synced = false;
    for (const each of dataFolders().flatMap((folder) => overview(folder))) {
      if ('error' in each) continue;
      const { verification, runs } = each.lake;
      if (verification)
        found.push(Object.fromEntries(verification.prerequisites.map(({ id, outcome }) => [id, outcome])));
      synced ||= runs.some(({ outcome }) => ['done', 'partial', 'paused'].includes(outcome));
    }
    const verified = found.some((outcomes) => !Object.values(outcomes).includes('fail'));
    const prepared = found.some((outcomes) => PREPARED.every((id) => id in outcomes && outcomes[id] !== 'fail'));
    await setContexts({
      [CONTEXTS.authorized]: authorized,
      [CONTEXTS.prepared]: prepared,
      [CONTEXTS.verified]: verified,
      [CONTEXTS.synced]: synced,
      [CONTEXTS.known]: true,
    });
    await tick();
  }
}

/**
 * VS Code never ticks a step whose keys were true before it first loaded the walkthrough: it takes them for told. A key
 * that is true for a moment only, after each change and when the walkthrough opens, makes it look.
 */
async function tick(): Promise<void> {
  await setContexts({ [TICK_CONTEXT]: true });
  await setContexts({ [TICK_CONTEXT]: false });
}

/** Whether it is a page of VS Code's own, as the walkthrough is: of those it does not say which. */
function isPage({ input }: vscode.Tab): boolean {
  return input === undefined;
}
