import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Loaded by mocha before all else: what Orgwatch keeps for this machine goes to a folder of the run, not to the home of
 * whoever tests. Parallel runners and all processes that tests start have it from the environment.
 */
if (process.env['ORGWATCH_STATE_DIR'] === undefined) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'orgwatch-state-'));
  process.env['ORGWATCH_STATE_DIR'] = folder;
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
}
