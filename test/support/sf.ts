import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** How a run of `sf` ended. */
export interface SfResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real `sf`, unmodified, in a HOME of its own. */
export interface Sf {
  /** What `sf` and whatever shares its authorizations runs with. */
  readonly env: NodeJS.ProcessEnv;
  run(args: readonly string[], options?: SfOptions): Promise<SfResult>;
  /** Adds `--json`; answers `result`. @throws Error with sf's own words where it did not end with exit code 0. */
  json<T>(args: readonly string[], options?: SfOptions): Promise<T>;
  loginWithAccessToken(login: { alias: string; instanceUrl: string; accessToken: string }): Promise<void>;
  loginWithJwt(login: JwtLogin): Promise<void>;
}

export interface SfOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface JwtLogin {
  readonly alias: string;
  readonly instanceUrl: string;
  readonly username: string;
  readonly clientId: string;
  /** PEM. */
  readonly privateKey: string;
}

const binary = path.join(import.meta.dirname, '../../node_modules/@salesforce/cli/bin/run.js');

/** sf calls nobody, changes nothing of itself, and keeps its secrets in its HOME. */
export const settings = {
  SF_DISABLE_TELEMETRY: 'true',
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_DISABLE_AUTOUPDATE: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  SF_HIDE_RELEASE_NOTES: 'true',
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  SF_DISABLE_LOG_FILE: 'true',
} as const;

/** Anything of the caller's that would lead sf elsewhere: proxies, other homes, its own settings. */
const foreign = /^(?:https?_proxy|all_proxy|no_proxy|SFDX?_.*|XDG_.*|NODE_OPTIONS)$/i;

/** @param options.home folder that serves as HOME; made if it is not there. The caller removes it. */
export async function openSf(options: { readonly home: string }): Promise<Sf> {
  const { home } = options;
  await mkdir(home, { recursive: true });
  const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const env: NodeJS.ProcessEnv = { ...Object.fromEntries(inherited), ...settings, HOME: home, USERPROFILE: home };

  async function run(args: readonly string[], { cwd = home, env: more = {} }: SfOptions = {}): Promise<SfResult> {
    const child = spawn(process.execPath, ['--no-deprecation', binary, ...args], {
      cwd,
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text));
    }
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? -1));
    });
    return { exitCode, ...output };
  }

  async function json<T>(args: readonly string[], runOptions?: SfOptions): Promise<T> {
    const { exitCode, stdout, stderr } = await run([...args, '--json'], runOptions);
    if (exitCode !== 0) throw new Error(`sf ${args.join(' ')} ended with ${exitCode}: ${stdout}${stderr}`);
    return (JSON.parse(stdout) as { result: T }).result;
  }

  return {
    env,
    run,
    json,
    loginWithAccessToken: async ({ alias, instanceUrl, accessToken }) => {
      const args = ['org', 'login', 'access-token', '--instance-url', instanceUrl, '--alias', alias, '--no-prompt'];
      await json(args, { env: { SF_ACCESS_TOKEN: accessToken } });
    },
    loginWithJwt: async ({ alias, instanceUrl, username, clientId, privateKey }) => {
      const keyFile = path.join(home, `${alias}.key`);
      await writeFile(keyFile, privateKey, { mode: 0o600 });
      const args = ['org', 'login', 'jwt', '--instance-url', instanceUrl, '--alias', alias, '--username', username];
      await json([...args, '--client-id', clientId, '--jwt-key-file', keyFile]);
    },
  };
}
