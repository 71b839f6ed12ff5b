import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { doorFor } from '../../extension/org/open-door.ts';
import { Secrets } from '../../extension/org/secrets.ts';
import type { Log } from '../../extension/shared/log.ts';
import type { FaultInput } from '../simulated-org/http/faults.ts';
import { authorizationOf } from '../support/authorization.ts';
import { openWorkbench } from '../cli/workbench.ts';
import { orgAndLake, type OrgAndLake } from '../sync/org-and-lake.ts';

/** Every error, with its causes, is thrown again as the text that a log would have. */
async function told(work: Promise<unknown>): Promise<string> {
  try {
    return inspect(await work, { depth: 20 });
  } catch (error) {
    return inspect(error, { depth: 20 });
  }
}

describe('an org that repeats the token it was sent', () => {
  let both: OrgAndLake;
  let lines: string[];
  const note = (line: string): void => void lines.push(line);
  const log: Log = { debug: note, info: note, warn: note, error: note };
  beforeEach(async () => {
    both = await orgAndLake({ scenario: 'no-shield' });
    lines = [];
  });
  afterEach(() => both[Symbol.asyncDispose]());

  /** No form of the token, no long part of it, nothing that looks like one. */
  function assertNoToken(text: string): void {
    const secret = both.token.slice(both.token.indexOf('!') + 1);
    for (let start = 0; start + 16 <= secret.length; start += 8)
      assert.ok(!text.includes(secret.slice(start, start + 16)), text);
    assert.doesNotMatch(text, /00D\w{12,15}(?:!|%21)[\w.]{4}/);
    for (const offset of [0, 1, 2]) {
      const base64 = Buffer.from('x'.repeat(offset) + both.token).toString('base64');
      assert.ok(!text.includes(base64.slice(8, 40)), text);
    }
  }

  const echoes: readonly FaultInput[] = [
    { kind: 'echo' },
    { kind: 'echo', status: 503 },
    { kind: 'echo', status: 404 },
    { kind: 'echo', status: 503, as: 'html' },
    { kind: 'echo', status: 500, as: 'soap' },
    { kind: 'echo', status: 200, as: 'html' },
  ];
  for (const echo of echoes) {
    it(`is told without it: ${String(echo.status ?? 400)} ${echo.as ?? 'json'}`, async () => {
      const door = doorFor(authorizationOf(both.org), {
        calls: both.calls,
        log,
        retry: { tries: 2, baseMs: 1, maxMs: 1 },
      });
      await both.fault(echo);
      const path = '/services/data/v{v}/limits';
      const texts = [
        await told(door.json({ path, purpose: `ask with ${both.token}` })),
        await told(door.text({ path, purpose: 'ask' })),
        await told(door.stream({ path, purpose: 'ask' })),
        await told(door.metadata('readMetadata', '<readMetadata/>')),
        await told(door.query('SELECT Id FROM User')[Symbol.asyncIterator]().next()),
        ...lines,
      ];
      for (const text of texts) assertNoToken(text);
      assert.ok(lines.length > 0);
      door.close();
    });
  }

  it('is told without it by a sync: in the report, the log and every file', async () => {
    await both.fault({ kind: 'echo', path: 'LoginHistory', status: 404 });
    await both.fault({ kind: 'echo', path: 'SetupAuditTrail' });
    await both.fault({ kind: 'echo', path: 'LogFile$', status: 503, as: 'html' });
    const sources = ['login_history', 'setup_audit_trail', 'event_log'];
    const report = await both.sync({ sources, log });
    const states = report.sources.map(({ state }) => state);
    assert.ok(!states.slice(0, 2).includes('done'), states.join());
    assert.match(JSON.stringify(report), /<token>/);
    for (const text of [JSON.stringify(report), ...lines]) assertNoToken(text);
    // That no file holds it is looked at when org and lake are disposed of.
  });

  it('is told without it by the command line', async () => {
    await using bench = await openWorkbench();
    const { instanceUrl, accessToken } = both.org;
    await bench.sf.loginWithAccessToken({ alias: 'o', instanceUrl, accessToken });
    await both.fault({ kind: 'echo', path: 'SetupAuditTrail' });
    const result = await bench.orgwatch(['sync', '--target-org', 'o', '--sources', 'setup_audit_trail']);
    assert.match(result.stdout + result.stderr, /<token>/);
    assertNoToken(result.stdout + result.stderr);
  });
});

describe('secrets', () => {
  it('are found in what they are called, escaped, coded or cut short', () => {
    const secrets = new Secrets();
    const refresh = '5Aep861TSESvWeug_xvFHRBTTbf_YrTWgEyjBJrfXARDdHZ/+E9mmbhs=';
    assert.equal(secrets.note(refresh), true);
    assert.equal(secrets.note(refresh), false);
    const coded = [refresh, encodeURIComponent(refresh), refresh.slice(0, 30)];
    for (const before of ['', 'a', 'ab', 'abc']) coded.push(Buffer.from(`${before}${refresh}xyz`).toString('base64'));
    for (const text of coded) {
      const clean = secrets.clean(`told: ${text}, and more`);
      assert.ok(clean.startsWith('told: ') && clean.includes('<token>') && clean.endsWith(', and more'), clean);
      assert.ok(!/SESvWeug|MDRkSFov|5Aep861TSES/.test(clean), clean);
    }
    assert.equal(secrets.clean('00D000000000001EAA is no token'), '00D000000000001EAA is no token');
  });

  it('do not take long to be looked for in a text that is made for it', () => {
    const secrets = new Secrets();
    secrets.note(`00D000000000001!${'A'.repeat(90)}`);
    for (const text of ['00D000000000001!', 'eyJaaaaaa', 'eyJ-aaaaa.', '00D', 'A'])
      assert.equal(typeof secrets.clean(text.repeat(1_000_000 / text.length)), 'string');
  }).timeout(20_000);
});
