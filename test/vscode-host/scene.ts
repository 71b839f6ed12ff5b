import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSimulatedOrg } from '../simulated-org/server.ts';
import type { SimulatedOrg } from '../simulated-org/server.ts';
import { control } from '../support/control.ts';
import { openSf } from '../support/sf.ts';

export const root = path.join(import.meta.dirname, '../..');

/** What VS Code is started in: two orgs that the real sf is authorized for, and an empty folder to open. */
export interface Scene extends AsyncDisposable {
  /** Holds everything that the scene and VS Code write. */
  readonly folder: string;
  /** The folder to open. */
  readonly workspace: string;
  /** For VS Code's process: a HOME of its own, no proxy, nothing that calls home. */
  readonly env: NodeJS.ProcessEnv;
  /** Alias `ready`: everything is as it should be. */
  readonly ready: SimulatedOrg;
  /** Alias `fresh`: nothing is deployed yet. */
  readonly fresh: SimulatedOrg;
  /** The metadata that an org is prepared with. */
  readonly forceApp: string;
  /** Authorizes sf as System Administrator of the fresh org, under the alias `chief`. */
  authorizeAdmin(): Promise<void>;
}

export interface SceneOptions {
  /** Whether the workspace has the metadata from the start: VS Code's watcher on Linux may miss what a new folder holds. */
  readonly hasMetadata?: boolean;
}

export async function openScene({ hasMetadata = false }: SceneOptions = {}): Promise<Scene> {
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'orgwatch-vscode-'));
  cleanup.defer(async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const workspace = path.join(folder, 'events');
  await mkdir(workspace);
  const forceApp = path.join(root, 'force-app/main/default');
  if (hasMetadata) await cp(forceApp, path.join(workspace, 'force-app'), { recursive: true });

  const [ready, fresh] = await Promise.all(
    (['shield', 'fresh'] as const).map(async (scenario) => {
      const org = await startSimulatedOrg({ scenario });
      cleanup.defer(async () => await org.close());
      return org;
    }),
  );
  if (ready === undefined || fresh === undefined) throw new Error('no org');

  const home = path.join(folder, 'home');
  const sf = await openSf({ home });
  // The prepared org is authorized as a collector's is, so that its session renews itself.
  const app = await control<{ readonly clientId: string; readonly privateKey: string }>(ready, 'GET /connected-app');
  await sf.loginWithJwt({ alias: 'ready', instanceUrl: ready.instanceUrl, username: ready.username, ...app });
  await sf.loginWithAccessToken({
    alias: 'fresh',
    instanceUrl: fresh.instanceUrl,
    accessToken: fresh.accessToken,
  });

  const env: NodeJS.ProcessEnv = { ...sf.env, ORGWATCH_STATE_DIR: path.join(folder, 'state') };
  const authorizeAdmin = async (): Promise<void> => {
    const { accessToken } = fresh.admin;
    await sf.loginWithAccessToken({ alias: 'chief', instanceUrl: fresh.instanceUrl, accessToken });
  };
  const kept = cleanup.move();
  return {
    folder,
    workspace,
    env,
    ready,
    fresh,
    forceApp,
    authorizeAdmin,
    [Symbol.asyncDispose]: async () => await kept.disposeAsync(),
  };
}
