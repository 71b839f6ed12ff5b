import { cp, glob, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './scene.ts';

/** Settings of a VS Code that nobody has to look away from: no greeting, no assistant, no look-ups. */
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
};

/**
 * Lays the extension into `extensions/` as an installed one: what .vscodeignore lets through, and the native binding of
 * DuckDB from the repository.
 */
export async function installExtension(folder: string): Promise<void> {
  const target = path.join(folder, 'extensions/orgwatch.orgwatch-0.1.0');
  await mkdir(target, { recursive: true });
  const ignore = await readFile(path.join(root, '.vscodeignore'), 'utf8');
  const wanted = ignore.split('\n').flatMap((line) => /^!(.+?)(?:\/\*\*)?$/.exec(line)?.[1] ?? []);
  for await (const name of glob(wanted, { cwd: root }))
    await cp(path.join(root, name), path.join(target, name), { recursive: true });
  await symlink(path.join(root, 'node_modules'), path.join(target, 'node_modules'));
}

/** Writes the user's settings. */
export async function writeSettings(folder: string, more: Readonly<Record<string, unknown>>): Promise<void> {
  const user = path.join(folder, 'data/User');
  await mkdir(user, { recursive: true });
  await writeFile(path.join(user, 'settings.json'), JSON.stringify({ ...quiet, ...more }, null, 2));
}
