import { deployPackage } from './deploy.ts';
import { isDone, type DeployOptions, type DeployProgress } from './deploy-result.ts';
import { readPackage } from './package-zip.ts';
import { userName, type MetadataStore, type SetupChange } from './store.ts';

/** Milliseconds that a deployment waits in the queue, and then takes. */
const QUEUED_FOR = 60;
const RUNS_FOR = 120;

export interface DeployRequest {
  readonly zip: Buffer;
  readonly options: DeployOptions;
  readonly userId: string;
  /** Version of the API that the request came in by. */
  readonly apiVersion: number;
}

/** Deployments in the background: Pending, InProgress, then done, whether anybody asks or not. */
export interface DeployJobs {
  /** Queues a deployment and returns its Id. */
  start(request: DeployRequest): string;
  progress(id: string): DeployProgress | undefined;
  /** Cancels a deployment that has not finished; false when it has. */
  cancel(id: string, userId: string): boolean;
}

export function createDeployJobs(store: MetadataStore, onChange: (change: SetupChange) => void): DeployJobs {
  const jobs = new Map<string, DeployProgress>();
  const update = (id: string, change: Partial<DeployProgress>): void => {
    const job = jobs.get(id);
    if (job !== undefined && !isDone(job.status)) jobs.set(id, { ...job, ...change });
  };
  const isOpen = (id: string): boolean => jobs.has(id) && !isDone((jobs.get(id) as DeployProgress).status);

  const run = async (id: string, request: DeployRequest): Promise<void> => {
    await pause(QUEUED_FOR);
    update(id, { status: 'InProgress', startDate: store.state.now() });
    const pack = await readPackage(request.zip, request.options.singlePackage);
    update(id, { componentsTotal: pack.files.length });
    await pause(RUNS_FOR);
    if (!isOpen(id)) return;
    const outcome = deployPackage(store, pack, request.options, request);
    update(id, { status: outcome.status, messages: outcome.messages, completedDate: store.state.now() });
    outcome.changes.forEach(onChange);
  };

  return {
    start(request) {
      const id = store.nextId('0Af');
      jobs.set(id, {
        id,
        options: request.options,
        status: 'Pending',
        createdBy: request.userId,
        createdByName: userName(store.state, request.userId),
        createdDate: store.state.now(),
        startDate: undefined,
        completedDate: undefined,
        canceledBy: undefined,
        canceledByName: undefined,
        componentsTotal: 0,
        messages: [],
      });
      void run(id, request);
      return id;
    },
    progress: (id) => [...jobs.values()].find((job) => job.id.startsWith(id.slice(0, 15))),
    cancel(id, userId) {
      if (!isOpen(id)) return false;
      update(id, {
        status: 'Canceled',
        canceledBy: userId,
        canceledByName: userName(store.state, userId),
        completedDate: store.state.now(),
      });
      return true;
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
