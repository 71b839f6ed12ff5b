import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSf } from '../support/sf.ts';
import type { Sf } from '../support/sf.ts';
import { runCli } from './cli.ts';
import type { CliOptions, CliResult } from './cli.ts';

/** A HOME with the real sf, a working folder, and `orgwatch` in it. */
export interface Workbench extends AsyncDisposable {
  readonly sf: Sf;
  readonly folder: string;
  orgwatch(args: readonly string[], options?: Partial<CliOptions>): Promise<CliResult>;
}

export async function openWorkbench(): Promise<Workbench> {
  const root = await mkdtemp(path.join(tmpdir(), 'orgwatch-cli-'));
  const folder = path.join(root, 'work');
  await mkdir(folder);
  const sf = await openSf({ home: path.join(root, 'home') });
  const env = { ...sf.env, ORGWATCH_STATE_DIR: path.join(root, 'state') };
  return {
    sf,
    folder,
    orgwatch: (args, options = {}) => runCli(args, { env, cwd: folder, ...options }),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
