import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { orgAndLake } from '../sync/org-and-lake.ts';
import { runCli, type CliResult } from './cli.ts';

describe('a lake that was made on another machine', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-trust-'));
    await using both = await orgAndLake({ scenario: 'no-shield', scale: 0.02 });
    await both.sync({ sources: ['setup_audit_trail'] });
    await cp(both.dataDir, path.join(folder, '.orgwatch'), { recursive: true });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** With a state folder that knows of nothing. */
  const orgwatch = (...args: readonly string[]): Promise<CliResult> =>
    runCli(args, { cwd: folder, env: { ...process.env, ORGWATCH_STATE_DIR: path.join(folder, 'state') } });

  it('is shown as such, changed only once it is trusted, and asked about once', async () => {
    const said = /not made on this machine/;
    assert.match((await orgwatch('status')).stdout, said);
    const asked = await orgwatch('query', 'SELECT count(*) > 0 AS some FROM setup_audit_trail', '--format', 'csv');
    assert.deepEqual([asked.exitCode, asked.stdout], [0, 'some\r\ntrue\r\n']);
    assert.match(asked.stderr, said);
    const refused = await orgwatch('prune', '--older-than', '1d', '--yes');
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /not made on this machine[^]*Try:.*orgwatch trust/);
    // Nobody is there who could answer.
    assert.equal((await orgwatch('trust')).exitCode, 2);

    const trusted = await orgwatch('trust', '--yes', '--json');
    assert.deepEqual([trusted.exitCode, (JSON.parse(trusted.stdout) as { trusted: boolean }).trusted], [0, true]);
    assert.match(trusted.stderr, /Sound: .* rows proven/);
    assert.doesNotMatch((await orgwatch('status')).stdout, said);
    assert.equal((await orgwatch('prune', '--older-than', '1d', '--yes')).exitCode, 0);
  });
});
