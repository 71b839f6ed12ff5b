import assert from 'node:assert/strict';
import { appendFile, glob } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { openLakeScene } from './lake-scene.ts';
import { uncaughtIn } from './logs.ts';
import { openWindow } from './window.ts';

/** By the file that it is appended to: what nobody catches. */
const PLANTED = {
  'dist/extension.js': `Promise.reject(new Error('planted: rejected'));
    setTimeout(() => { throw new Error('planted: thrown'); }, 0);`,
  'dist/webview/dashboard.js': `Promise.reject(new Error('planted: rejected in a webview'));
    setTimeout(() => { throw new Error('planted: thrown in a webview'); }, 0);`,
};

describe('the errors that nobody caught', function () {
  this.timeout(600_000);

  it('are found, whether thrown or rejected, in the extension or in a webview', async () => {
    await using scene = await openLakeScene();
    await using window = await openWindow(scene);
    const { workbench } = window;
    await workbench.openContainer('Orgwatch');
    assert.deepEqual(await uncaughtIn(scene), []);

    for (const [file, code] of Object.entries(PLANTED))
      for await (const installed of glob(`code-server/extensions/orgwatch.*/${file}`, { cwd: scene.folder }))
        await appendFile(path.join(scene.folder, installed), `\n${code}\n`);
    await workbench.reopen();
    await workbench.run('Orgwatch: Open Dashboard');
    // VS Code may tell of one more than once.
    let found: ReadonlySet<string | undefined>;
    do {
      await delay(100);
      found = new Set((await uncaughtIn(scene)).map((entry) => /planted: .*/.exec(entry)?.[0]));
    } while (found.size < 4);
    assert.deepEqual([...found].sort(), [
      'planted: rejected',
      'planted: rejected in a webview',
      'planted: thrown',
      'planted: thrown in a webview',
    ]);
  });
});
