import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import jsforce from 'jsforce';
import { startSimulatedOrg, type SimulatedOrg } from '../simulated-org/server.ts';
import { openSf, type Sf } from '../support/sf.ts';

const repository = path.join(import.meta.dirname, '../..');

/** Our project as an admin has it, in a folder of its own, with `sf` logged in to a simulated org. */
export interface Project {
  readonly org: SimulatedOrg;
  readonly sf: Sf;
  readonly folder: string;
  /** Looks into the org as its administrator, without the seconds that `sf` takes to start. */
  query<T extends object>(soql: string): Promise<readonly T[]>;
  /** `sf project deploy start --json` with these flags. */
  deploy(flags?: readonly string[], env?: Readonly<Record<string, string>>): Promise<Deployment>;
  write(file: string, content: string): Promise<void>;
  close(): Promise<void>;
}

/** What `sf` tells of a deployment. */
export interface Deployment {
  readonly exitCode: number;
  readonly status: string;
  /** `type fullName state`, or `type fullName error`, sorted. */
  readonly files: readonly string[];
}

interface DeployJson {
  readonly result?: {
    readonly status?: string;
    readonly files?: readonly {
      readonly fullName: string;
      readonly type: string;
      readonly state: string;
      readonly error?: string;
    }[];
  };
  readonly message?: string;
}

/** @param options.files false: a project without our force-app */
export async function openProject(scenario: string, options: { readonly files?: boolean } = {}): Promise<Project> {
  const root = await mkdtemp(path.join(tmpdir(), 'orgwatch-metadata-'));
  const org = await startSimulatedOrg({ scenario, scale: 0.1 });
  const folder = path.join(root, 'project');
  await mkdir(path.join(folder, 'force-app'), { recursive: true });
  await cp(path.join(repository, 'sfdx-project.json'), path.join(folder, 'sfdx-project.json'));
  if (options.files !== false) {
    await cp(path.join(repository, 'force-app'), path.join(folder, 'force-app'), { recursive: true });
  }
  const sf = await openSf({ home: path.join(root, 'home') });
  await sf.loginWithAccessToken({ alias: 'admin', instanceUrl: org.instanceUrl, accessToken: org.admin.accessToken });
  const connection = new jsforce.Connection({
    instanceUrl: org.instanceUrl,
    accessToken: org.admin.accessToken,
    version: '66.0',
  });
  return {
    org,
    sf,
    folder,
    query: async <T extends object>(soql: string) => (await connection.query<T>(soql)).records,
    async deploy(flags = [], env = {}) {
      const args = ['project', 'deploy', 'start', '--target-org', 'admin', '--json', ...flags];
      const { exitCode, stdout } = await sf.run(args, { cwd: folder, env });
      const { result, message } = JSON.parse(stdout) as DeployJson;
      const files = (result?.files ?? []).map((file) => `${file.type} ${file.fullName} ${file.error ?? file.state}`);
      return { exitCode, status: result?.status ?? message ?? '', files: files.sort() };
    },
    async write(file, content) {
      const target = path.join(folder, file);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, content);
    },
    async close() {
      await org.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** A file of our force-app, by its path below `force-app/main/default`. */
export function readForceApp(file: string): Promise<string> {
  return readFile(path.join(repository, 'force-app/main/default', file), 'utf8');
}
