import * as vscode from 'vscode';
import type { ErrorCode, OrgwatchError } from '../../shared/errors.ts';
import type { SyncProgress } from '../../sync/options.ts';
import type { WaitReason } from '../../sync/watch-event.ts';

/** A sync under way in this window. */
export interface Running {
  readonly byUser: boolean;
  /** By source. */
  readonly standings: ReadonlyMap<string, SyncProgress>;
  readonly cancel: () => void;
}

/** What the schedule waits for. */
export interface Waiting {
  readonly until: number;
  readonly why: WaitReason;
  /** The source that is next. */
  readonly next: string;
}

/** Why the last sync could not run. */
export interface Trouble {
  readonly code: ErrorCode;
  readonly message: string;
  readonly actions: readonly string[];
}

/** What goes on in this window, by organization id: nothing of it is kept. */
export class Activity implements vscode.Disposable {
  readonly #running = new Map<string, Running & { readonly standings: Map<string, SyncProgress> }>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #troubles = new Map<string, Trouble>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  /** @param cancel ends the sync */
  begin(orgId: string, byUser: boolean, cancel: () => void): void {
    this.#running.set(orgId, { byUser, cancel, standings: new Map() });
    this.#waiting.delete(orgId);
    this.#changed.fire();
  }

  progress(orgId: string, progress: SyncProgress): void {
    this.#running.get(orgId)?.standings.set(progress.source, progress);
    this.#changed.fire();
  }

  /** The sync ended; with an error when it could not run or go on. */
  end(orgId: string, error?: OrgwatchError): void {
    this.#running.delete(orgId);
    if (error && error.code !== 'CANCELLED') {
      const { code, message, actions } = error;
      this.#troubles.set(orgId, { code, message, actions });
    } else if (!error) this.#troubles.delete(orgId);
    this.#changed.fire();
  }

  wait(orgId: string, waiting: Waiting | undefined): void {
    if (waiting) this.#waiting.set(orgId, waiting);
    else this.#waiting.delete(orgId);
    this.#changed.fire();
  }

  running(orgId: string): Running | undefined {
    return this.#running.get(orgId);
  }

  waiting(orgId: string): Waiting | undefined {
    return this.#waiting.get(orgId);
  }

  trouble(orgId: string): Trouble | undefined {
    return this.#troubles.get(orgId);
  }

  /** Every sync under way, by organization id. */
  get all(): ReadonlyMap<string, Running> {
    return this.#running;
  }

  /** Resolves when nothing runs any more. */
  async ended(): Promise<void> {
    if (this.#running.size === 0) return;
    await new Promise<void>((resolve) => {
      this.onDidChange(() => this.#running.size === 0 && resolve());
    });
  }

  dispose(): void {
    for (const { cancel } of this.#running.values()) cancel();
    this.#changed.dispose();
  }
}
