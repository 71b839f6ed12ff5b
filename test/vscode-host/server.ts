import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';

const codeServer = path.join(import.meta.dirname, 'node_modules/code-server');

export interface VsCodeServer {
  readonly port: number;
  /** Everything that the server and the extension host printed. */
  readonly log: string;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Holds the server's data, extensions and log; the caller removes it. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Arguments between the entry and `--port`. */
  readonly entry: string;
  readonly args: (port: number) => readonly string[];
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' });
    return response.status < 500;
  } catch {
    return false;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  // The whole group: extension hosts are grandchildren.
  process.kill(-child.pid, 'SIGTERM');
  const ended = await Promise.race([closed.then(() => true), delay(5_000, false, { ref: false })]);
  if (!ended) process.kill(-child.pid, 'SIGKILL');
  await closed;
}

async function start({ folder, env, entry, args }: ServerOptions): Promise<VsCodeServer> {
  const script = path.join(codeServer, entry);
  if (!existsSync(script)) throw new Error('VS Code is not installed for the tests; bash scripts/test.sh installs it.');
  const port = await freePort();
  const log = path.join(folder, 'server.log');
  const output = createWriteStream(log);
  const child = spawn(process.execPath, [script, ...args(port)], {
    env,
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`VS Code's server ended with ${child.exitCode}; its log is ${log}.`);
    await delay(100);
  }
  return { port, log, close: async () => await end(child) };
}

/** VS Code's own server with the smoke-test driver: an extension's test suite runs in its extension host. */
export async function startTestServer(folder: string, env: NodeJS.ProcessEnv): Promise<VsCodeServer> {
  return await start({
    folder,
    env,
    entry: 'lib/vscode/out/server-main.js',
    args: (port) => [
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--accept-server-license-terms', '--enable-smoke-test-driver', '--disable-workspace-trust'],
      ...['--server-data-dir', path.join(folder, 'data'), '--extensions-dir', path.join(folder, 'extensions')],
      ...['--telemetry-level', 'off'],
    ],
  });
}

/**
 * code-server as a person uses it in a browser; renders webviews too.
 * @param asksForTrust false: every folder is trusted
 */
export async function startCodeServer(
  folder: string,
  env: NodeJS.ProcessEnv,
  asksForTrust = false,
): Promise<VsCodeServer> {
  return await start({
    folder,
    env,
    entry: 'out/node/entry.js',
    args: (port) => [
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--disable-telemetry', '--disable-update-check'],
      ...(asksForTrust ? [] : ['--disable-workspace-trust']),
      ...['--user-data-dir', path.join(folder, 'data'), '--extensions-dir', path.join(folder, 'extensions')],
    ],
  });
}
