import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { showError } from '../../extension/cli/show-error.ts';
import { run } from '../../extension/cli/program.ts';
import { verifyText } from '../../extension/cli/verify-text.ts';
import { judge } from '../../extension/prerequisites/verify.ts';
import { OrgwatchError } from '../../extension/shared/errors.ts';
import { ALL_RIGHT } from '../prerequisites/answers.ts';
import { recordingTerminal } from './terminal.ts';

const never = new AbortController().signal;

describe('what the terminal shows', () => {
  it('of Verify: each prerequisite, its evidence, and commands on lines of their own, unbroken', () => {
    const locked = { lockSessionsToIp: true, enforceIpRanges: false, passwordExpiration: undefined };
    const report = judge({ ...ALL_RIGHT, securitySettings: { value: locked } });
    const text = verifyText(report, recordingTerminal({ columns: 80 }));
    assert.match(text, /✔ The authorization is alive and renews itself\n/);
    assert.match(text, /✖ Sessions are not locked to one IP address\n/);
    assert.match(
      text,
      /\n +\$ sf project deploy start --source-dir force-app\/main\/default\/settings --target-org ADMIN_ALIAS\n/,
    );
    assert.match(text, /\n1 failed, 17 passed\.\n$/);
    for (const line of text.split('\n').slice(1))
      assert.ok(line.length <= 80 || line.includes('$ '), `too long: ${line}`);
  });

  it('of an error: one line with what happened, one for each thing to try', () => {
    const terminal = recordingTerminal();
    showError(terminal, new OrgwatchError('ORG_UNKNOWN', 'sf holds no login for x.', { actions: ['a', 'b'] }), false);
    assert.deepEqual(terminal.written, { out: '', err: 'Error: sf holds no login for x.\nTry: a\nTry: b\n' });
  });

  it('of an error with --json: one document on stdout', () => {
    const terminal = recordingTerminal();
    showError(terminal, new OrgwatchError('ORG_UNKNOWN', 'No.', { actions: ['a'] }), true);
    assert.equal(terminal.written.err, '');
    assert.deepEqual(JSON.parse(terminal.written.out), {
      error: { code: 'ORG_UNKNOWN', message: 'No.', actions: ['a'] },
    });
  });
});

describe('the command line', () => {
  it('explains itself', async () => {
    const terminal = recordingTerminal();
    assert.equal(await run(['--help'], terminal, never), 0);
    assert.match(terminal.written.out, /verify[^]*sync[^]*status[^]*query[^]*Exit codes: 0 fine/);
  });

  for (const command of ['prepare', 'unprepare', 'verify', 'sync', 'status', 'query'])
    it(`explains ${command}`, async () => {
      const terminal = recordingTerminal();
      assert.equal(await run([command, '--help'], terminal, never), 0);
      assert.match(terminal.written.out, /--target-org[^]*--data-dir[^]*--json/);
    });

  const mistakes: readonly [argv: string[], message: RegExp][] = [
    [[], /^Error: No command given\.\nTry: orgwatch --help\n$/],
    [['sink'], /^Error: Unknown command 'sink'\.\nTry: sync\nTry: orgwatch --help\n$/],
    [['verify', '--jason'], /^Error: Unknown option '--jason'\.\nTry: --json\nTry: orgwatch verify --help\n$/],
    [['sync', '--reserve', 'much'], /^Error: --reserve takes a percentage from 0 to below 100, not “much”\.\n/],
    [['sync', '--days', '0'], /^Error: --days takes a whole number from 1, not “0”\.\n/],
    [
      ['sync', '--span', 'login_history=0'],
      /^Error: --span takes a source and days, as login_history=7, not “login_history=0”\.\n/,
    ],
    [['sync', '--guard', 'all'], /^Error: --guard takes org or own, not “all”\.\n/],
    [['verify', 'extra'], /^Error: Too many arguments[^\n]*\nTry: orgwatch verify --help\n$/],
  ];
  for (const [argv, message] of mistakes)
    it(`orgwatch ${argv.join(' ')} is one clear line and exit code 2`, async () => {
      const terminal = recordingTerminal();
      assert.equal(await run(argv, terminal, never), 2);
      assert.match(terminal.written.err, message);
      assert.equal(terminal.written.out, '');
    });
});
