import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from './scene.ts';

const run = promisify(execFile);
const codeServer = path.join(import.meta.dirname, 'node_modules/code-server/out/node/entry.js');

/** Settings of a VS Code that nobody has to look away from: no greeting, no assistant, no look-ups, no ports. */
const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'remote.autoForwardPorts': false,
};

let packed: Promise<string> | undefined;

/** The VSIX for this machine, packed once a process. */
async function pack(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'orgwatch-vsix-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await run(process.execPath, [path.join(root, 'scripts/package.ts'), '--out', folder]);
  const [vsix = ''] = await readdir(folder);
  return path.join(folder, vsix);
}

/** Installs the VSIX into `extensions/` as a person would: nothing else of the extension is there. */
export async function installExtension(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const vsix = await (packed ??= pack());
  const args = ['--install-extension', vsix, '--extensions-dir', path.join(folder, 'extensions')];
  await run(process.execPath, [codeServer, ...args, '--user-data-dir', path.join(folder, 'data')], { env });
}

/** Writes the user's settings. */
export async function writeSettings(folder: string, more: Readonly<Record<string, unknown>>): Promise<void> {
  const user = path.join(folder, 'data/User');
  await mkdir(user, { recursive: true });
  await writeFile(path.join(user, 'settings.json'), JSON.stringify({ ...quiet, ...more }, null, 2));
}
