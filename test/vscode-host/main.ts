import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runInside } from './inside.ts';
import { openScene, root } from './scene.ts';
import { bundleSuite } from './suite-bundle.ts';
import { suiteEnv } from './suite/env.ts';

/** Runs the suite in the extension host of the VS Code that scripts/test.sh built; the exit code is the suite's. */
await using scene = await openScene({ hasMetadata: true });
const report = path.join(scene.folder, 'report.txt');
try {
  process.exitCode = await runInside({
    folder: path.join(scene.folder, 'vscode'),
    workspace: scene.workspace,
    extension: root,
    suite: await bundleSuite(),
    env: { ...scene.env, ...suiteEnv(scene, report) },
  });
} finally {
  process.stdout.write(await readFile(report, 'utf8').catch(() => 'The suite told nothing.\n'));
}
