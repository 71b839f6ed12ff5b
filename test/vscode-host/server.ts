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
  /** Of the server, from which all that is VS Code descends. */
  readonly pid: number;
  close(): Promise<void>;
  /** Everything at once and without a word, as a system that is out of memory does. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  /** Holds the server's data, extensions and log; the caller removes it. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Default: one that is free. */
  readonly port?: number | undefined;
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

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  // The whole group: extension hosts are grandchildren.
  process.kill(-child.pid, signal);
  const ended = await Promise.race([closed.then(() => true), delay(5_000, false, { ref: false })]);
  if (!ended) process.kill(-child.pid, 'SIGKILL');
  await closed;
}

async function start(options: ServerOptions): Promise<VsCodeServer> {
  const { folder, env, entry, args, port = await freePort() } = options;
  const script = path.join(codeServer, entry);
  if (!existsSync(script)) throw new Error('VS Code is not installed for the tests; bash scripts/test.sh installs it.');
  const log = path.join(folder, 'server.log');
  const output = createWriteStream(log, { flags: 'a' });
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
  return {
    port,
    log,
    pid: child.pid ?? 0,
    close: async () => await end(child, 'SIGTERM'),
    kill: async () => await end(child, 'SIGKILL'),
  };
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

export interface CodeServerOptions {
  /** Default: every folder is trusted. */
  readonly asksForTrust?: boolean;
  readonly port?: number;
}

/** code-server as a person uses it in a browser; renders webviews too. */
export async function startCodeServer(
  folder: string,
  env: NodeJS.ProcessEnv,
  { asksForTrust = false, port: wanted }: CodeServerOptions = {},
): Promise<VsCodeServer> {
  return await start({
    folder,
    env,
    port: wanted,
    entry: 'out/node/entry.js',
    args: (port) => [
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--disable-telemetry', '--disable-update-check'],
      ...(asksForTrust ? [] : ['--disable-workspace-trust']),
      ...['--user-data-dir', path.join(folder, 'data'), '--extensions-dir', path.join(folder, 'extensions')],
    ],
  });
}
