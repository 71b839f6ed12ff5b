import type { LogOutputChannel, Memento } from 'vscode';
import { messageOf } from '../../shared/errors.ts';
import { MINUTE } from '../../shared/utc.ts';
import type { WatchEvent } from '../../sync/watch-event.ts';
import { LAST_SCHEDULES, SCHEDULE_PAUSED } from '../ids.ts';
import { backfillDays, cadences, onlyOrgs, scheduleMode, syncSettings, targetOrg } from '../settings.ts';
import { dataFolders } from '../data-folder.ts';
import type { Activity } from './activity.ts';
import type { KnownOrg } from './known-orgs.ts';
import type { OrgList } from './org-list.ts';

/** An org whose sync a person cancelled is left alone for so long. */
const HOLD_MS = 15 * MINUTE;

interface Watched {
  /** Of the org and the settings: another key is another watch. */
  readonly key: string;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

export interface SchedulerParts {
  readonly log: LogOutputChannel;
  readonly memory: Memento;
  readonly orgs: OrgList;
  readonly activity: Activity;
  readonly isTrusted: () => boolean;
  /** A ledger was written. */
  readonly onSynced: () => void;
}

export type ScheduleState = 'on' | 'paused' | 'off';

/** Syncs orgs at their cadences while this window is open: a watch for each org that is to be. */
export class Scheduler {
  readonly #parts: SchedulerParts;
  readonly #watches = new Map<string, Watched>();
  readonly #suspended = new Set<{ readonly orgId: string }>();
  readonly #held = new Map<string, NodeJS.Timeout>();
  #turn: Promise<void> = Promise.resolve();
  #isOver = false;
  #state: ScheduleState = 'off';

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
  }

  get state(): ScheduleState {
    return this.#state;
  }

  isScheduled(orgId: string): boolean {
    return this.#watches.has(orgId);
  }

  /** Starts and ends watches, so that they are those that settings, logins and lakes ask for. */
  reconcile(): Promise<void> {
    this.#turn = this.#turn
      .then(() => this.#reconcile())
      .catch((error: unknown) => this.#parts.log.error(`Scheduled sync: ${messageOf(error)}`));
    return this.#turn;
  }

  async pause(isPaused: boolean): Promise<void> {
    await this.#parts.memory.update(SCHEDULE_PAUSED, isPaused);
    await this.reconcile();
  }

  /** A person's first sync of the org succeeded. */
  async enable(orgId: string): Promise<void> {
    if (!this.#enabled().includes(orgId)) await this.#parts.memory.update(LAST_SCHEDULES, [...this.#enabled(), orgId]);
  }

  /** Ends the org's watch, and with it a sync under way, for as long as the result is not disposed of. */
  async suspend(orgId: string): Promise<Disposable> {
    const suspension = { orgId };
    this.#suspended.add(suspension);
    this.#letGo(orgId);
    await this.#turn;
    await this.#end(orgId);
    return {
      [Symbol.dispose]: () => {
        this.#suspended.delete(suspension);
        void this.reconcile();
      },
    };
  }

  /** Leaves the org alone for a while: a person cancelled its sync. */
  hold(orgId: string): void {
    this.#letGo(orgId);
    const timer = setTimeout(() => {
      this.#held.delete(orgId);
      void this.reconcile();
    }, HOLD_MS);
    this.#held.set(orgId, timer);
    void this.reconcile().then(() => {
      if (!this.#held.has(orgId) || this.#state !== 'on') return;
      this.#parts.activity.wait(orgId, { until: Date.now() + HOLD_MS, why: 'schedule', next: '' });
    });
  }

  /** Ends all watches; resolves when what was under way has let go of its lease. */
  async stop(): Promise<void> {
    this.#isOver = true;
    for (const orgId of [...this.#held.keys()]) this.#letGo(orgId);
    await Promise.all([...this.#watches.keys()].map((orgId) => this.#end(orgId)));
  }

  async #reconcile(): Promise<void> {
    if (this.#isOver) return;
    const wanted = await this.#wanted();
    const isPaused = this.#parts.memory.get<boolean>(SCHEDULE_PAUSED) === true;
    this.#state = wanted.size === 0 ? 'off' : isPaused ? 'paused' : 'on';
    const suspended = new Set([...this.#suspended].map(({ orgId }) => orgId));
    const mayRun = (orgId: string): boolean =>
      !isPaused && !suspended.has(orgId) && !this.#held.has(orgId) && wanted.has(orgId);
    for (const [orgId, { key }] of [...this.#watches]) {
      const org = wanted.get(orgId);
      if (!org || !mayRun(orgId) || keyOf(org) !== key) await this.#end(orgId);
    }
    for (const [orgId, org] of wanted) if (mayRun(orgId) && !this.#watches.has(orgId)) this.#start(org);
  }

  /** Reads what sf is authorized for only where there is something to schedule. */
  async #wanted(): Promise<ReadonlyMap<string, KnownOrg>> {
    const { orgs, isTrusted } = this.#parts;
    const mode = scheduleMode();
    const enabled = this.#enabled();
    const none = new Map<string, KnownOrg>();
    if (mode === 'never' || !isTrusted() || (mode === 'afterFirstSync' && enabled.length === 0)) return none;
    const named = [...onlyOrgs(), targetOrg() ?? ''];
    const isMeant = (org: KnownOrg): boolean => {
      if (mode === 'afterFirstSync') return org.lake !== undefined && enabled.includes(org.orgId);
      return (
        org.lake !== undefined || [org.name, org.username ?? '', ...org.aliases].some((each) => named.includes(each))
      );
    };
    const wanted = new Map<string, KnownOrg>();
    for (const org of await orgs.read())
      if (!wanted.has(org.orgId) && org.error === undefined && org.username !== undefined && isMeant(org))
        wanted.set(org.orgId, org);
    return wanted;
  }

  #enabled(): readonly string[] {
    return this.#parts.memory.get<readonly string[]>(LAST_SCHEDULES) ?? [];
  }

  #start(org: KnownOrg): void {
    const { activity, log } = this.#parts;
    const dataDir = org.dataDir ?? dataFolders()[0];
    if (dataDir === undefined) return;
    const controller = new AbortController();
    const run = async (): Promise<void> => {
      const { watch } = await import('../../sync/watch.ts');
      await watch({
        ...syncSettings(),
        orgs: [org.username ?? org.name],
        dataDir,
        cadences: cadences(),
        signal: controller.signal,
        onEvent: (event) => this.#tell(org, event),
      });
    };
    const ended = run().catch((error: unknown) => log.error(`Scheduled sync of ${org.name}: ${messageOf(error)}`));
    this.#watches.set(org.orgId, { key: keyOf(org), controller, ended });
    log.info(`Scheduled sync of ${org.name} is on.`);
    activity.wait(org.orgId, undefined);
  }

  async #end(orgId: string): Promise<void> {
    const watched = this.#watches.get(orgId);
    if (!watched) return;
    watched.controller.abort();
    await watched.ended;
    this.#watches.delete(orgId);
    this.#parts.activity.wait(orgId, undefined);
  }

  #letGo(orgId: string): void {
    clearTimeout(this.#held.get(orgId));
    this.#held.delete(orgId);
  }

  #tell({ orgId, name }: KnownOrg, event: WatchEvent): void {
    const { activity, log, onSynced } = this.#parts;
    switch (event.kind) {
      case 'sync-started':
        log.info(`Scheduled sync of ${name}: ${event.sources.join(', ')}`);
        return activity.begin(orgId, false, () => this.hold(orgId));
      case 'progress':
        return activity.progress(orgId, event.progress);
      case 'sync-ended':
        log.info(`Scheduled sync of ${name}: ${event.report.outcome}`);
        activity.end(orgId);
        return onSynced();
      case 'sync-failed':
        log.warn(`Scheduled sync of ${name}: ${event.error.message}`);
        activity.end(orgId, event.error);
        return onSynced();
      case 'waiting':
        return activity.wait(orgId, { until: event.until, why: event.why, next: event.next });
      case 'log':
        return log[event.level](event.message);
      case 'started':
      case 'stopped':
    }
  }
}

function keyOf({ orgId, username, dataDir, isAuthorized }: KnownOrg): string {
  const { since: _since, ...settings } = syncSettings();
  return JSON.stringify([orgId, username, dataDir, isAuthorized, cadences(), backfillDays(), settings]);
}
