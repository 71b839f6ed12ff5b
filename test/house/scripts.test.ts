import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'mocha';
import { settings } from '../support/sf.ts';

const library = path.join(import.meta.dirname, '../../scripts/lib.sh');

describe('the scripts', () => {
  it('keep sf as quiet as the suites do: nothing calls home, nothing stays behind', () => {
    const script = `. "$0"; rm -rf "$LOGS"; stay_on_loopback; env`;
    const env = execFileSync('bash', ['-c', script, library], { encoding: 'utf8', env: { PATH: process.env['PATH'] } });
    for (const [name, value] of Object.entries(settings)) assert.ok(env.split('\n').includes(`${name}=${value}`), name);
  });
});
