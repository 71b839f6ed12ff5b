import { runTests } from '@vscode/test-electron';
import path from 'node:path';
import { openScene, root } from './scene.ts';
import { bundleSuite } from './suite-bundle.ts';
import { suiteEnv } from './suite/env.ts';

/** Runs the same suite in the desktop VS Code, which @vscode/test-electron downloads. */
await using scene = await openScene({ hasMetadata: true });
const env = { ...scene.env, ...suiteEnv(scene) };
process.exitCode = await runTests({
  version: process.env['VSCODE_VERSION'] ?? 'stable',
  extensionDevelopmentPath: root,
  extensionTestsPath: await bundleSuite(),
  extensionTestsEnv: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
  launchArgs: [
    scene.workspace,
    '--disable-extensions',
    '--disable-workspace-trust',
    `--user-data-dir=${path.join(scene.folder, 'user')}`,
  ],
});
