import * as vscode from 'vscode';
import type { EndedWorker, LakeWorker, QueryRequest } from '../../lake/worker.ts';
import { messageOf, OrgwatchError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import { workerMemoryMb } from '../settings.ts';
import { requireTrust } from '../trust.ts';
import { lakeKey, type Lake } from './lakes.ts';

/** A lake that can be asked, until it is disposed of. */
export interface OpenLake extends vscode.Disposable {
  readonly worker: LakeWorker;
  /** What goes with every statement: the units that the ledger lists now, and our views. */
  request(): Promise<Omit<QueryRequest, 'sql'>>;
}

interface Shared {
  readonly worker: Promise<LakeWorker>;
  users: number;
}

/** One lake worker for all who ask a lake; it ends with the last of them, so that idle costs nothing. */
export class LakeWorkers implements vscode.Disposable {
  readonly #log: Log;
  readonly #shared = new Map<string, Shared>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** @throws OrgwatchError USAGE in a folder that is not trusted, LAKE_WORKER_FAILED */
  async open(lake: Lake): Promise<OpenLake> {
    requireTrust();
    const key = lakeKey(lake);
    const shared = this.#shared.get(key) ?? this.#start(key, lake);
    shared.users += 1;
    const worker = await shared.worker;
    let isOpen = true;
    return {
      worker,
      request: () => requestOf(lake),
      dispose: () => {
        if (!isOpen) return;
        isOpen = false;
        shared.users -= 1;
        if (shared.users > 0) return;
        this.#shared.delete(key);
        void worker.close();
      },
    };
  }

  /** One that cannot be started is forgotten: the next who asks tries again. */
  #start(key: string, lake: Lake): Shared {
    const shared = { worker: startWorker(lake, (end) => this.#tellEnd(lake, end)), users: 0 };
    this.#shared.set(key, shared);
    shared.worker.catch(() => this.#shared.delete(key));
    return shared;
  }

  /** Who cancelled sees nothing else of it, and the rows of every other grid of this lake are gone with the process. */
  #tellEnd({ org }: Lake, { why, message }: EndedWorker): void {
    this.#log.warn(`${org}: ${message}`);
    if (why !== 'not-cancelled') return;
    const more = vscode.l10n.t('Rows of other queries are gone with it; run them again to see them.');
    void vscode.window.showWarningMessage(`${message} ${more}`);
  }

  dispose(): void {
    for (const { worker } of this.#shared.values())
      worker.then(
        (each) => each.close(),
        () => undefined,
      );
    this.#shared.clear();
  }
}

async function startWorker({ dataDir, orgId }: Lake, onEnd: (end: EndedWorker) => void): Promise<LakeWorker> {
  try {
    const { lakePaths } = await import('../../lake/paths.ts');
    const { openLakeWorker } = await import('../../lake/worker-process.ts');
    return openLakeWorker({ dataFolder: lakePaths(dataDir, orgId).folder, memoryLimitMb: workerMemoryMb(), onEnd });
  } catch (error) {
    // Its files are not there: Orgwatch was updated or removed while the window was open.
    const message = vscode.l10n.t('The lake worker could not be started: {0}', messageOf(error));
    const actions = [vscode.l10n.t('Reload the window, and run it again.')];
    throw new OrgwatchError('LAKE_WORKER_FAILED', message, { actions, cause: error });
  }
}

async function requestOf({ dataDir, orgId }: Lake): Promise<Omit<QueryRequest, 'sql'>> {
  const { hasLake, readLedger } = await import('../../lake/ledger.ts');
  const { requireTrusted } = await import('../../lake/trust.ts');
  const { insightViews } = await import('../../insights/views.ts');
  requireTrust();
  if (!hasLake(dataDir, orgId)) throw goneFrom(dataDir);
  using ledger = readLedger(dataDir, orgId);
  requireTrusted(ledger);
  return { units: ledger.units.published(), views: insightViews };
}

function goneFrom(dataDir: string): OrgwatchError {
  return new OrgwatchError('USAGE', vscode.l10n.t('The events are no longer in {0}.', dataDir), {
    actions: [vscode.l10n.t('Put the folder back, or sync the org again.')],
  });
}
