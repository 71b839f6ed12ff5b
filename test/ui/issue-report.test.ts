import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { issueReport, type IssueFacts } from '../../extension/ui/issue-report.ts';
import { redact, type Known } from '../../extension/ui/redact.ts';

const known: Known = {
  words: [
    'ann@example.com.uat',
    'uat',
    '00D5g00000ABCDEFGH',
    '00D5g00000ABCDE',
    'acme--uat.sandbox.my.salesforce.com',
    'annslaptop',
  ],
  folders: [
    ['/home/ann', '~'],
    ['/home/ann/work/events', '<folder 1>'],
  ],
};

/** What a log may hold, and nobody else may read. */
const SECRETS = [
  '00D5g00000ABCDE!AQ4AQFz.secret_Token-1',
  'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl',
  'ann@example.com.uat',
  'someone.else@example.org',
  'acme--uat.sandbox.my.salesforce.com',
  'other.my.salesforce.com',
  'na1.lightning.force.com',
  '203.0.113.7',
  '127.0.0.1:43211',
  '2001:db8:0:0:0:0:2:1',
  '00D5g00000ABCDEFGH',
  '0055g00000XyZ12AAB',
  '0AT5g00000aBcDeGAK',
  '/home/ann',
  'annslaptop',
  'force://PlatformCLI::5Aep861secretRefresh@acme.my.salesforce.com',
];

describe('an issue report', () => {
  for (const secret of SECRETS)
    it(`does not hold ${secret}`, () => {
      for (const text of [secret, `user ${secret}, again`, `"${secret}"`, `(${secret})`, `at=${secret};`]) {
        const clean = redact(text, known);
        assert.ok(!clean.includes(secret), clean);
        for (const part of secret.split(/[@!:]/).filter((each) => each.length > 9))
          assert.ok(!clean.includes(part), clean);
      }
    });

  it('does not hold what is called a secret, whatever it looks like', () => {
    for (const name of ['access_token', 'refresh_token', 'Authorization', 'password', 'client_secret', 'sid'])
      for (const between of ['=', ': ', '": "', ' '])
        assert.doesNotMatch(redact(`${name}${between}hunter2hunter2`, known), /hunter2/, name + between);
    assert.doesNotMatch(redact('Authorization: Bearer abc.def-ghi_jkl', known), /abc/);
  });

  it('keeps the outcomes of Verify without what they quote', () => {
    const line =
      '2026-11-24 10:00:00.000 [info] fail connector-profile: ann@example.com.uat is on the profile “Sales of Acme”.';
    assert.equal(redact(line, known), '2026-11-24 10:00:00.000 [info] fail connector-profile');
  });

  it('keeps what helps: versions, times, numbers, codes, sources', () => {
    const line =
      '2026-11-24 10:00:00.000 [error] sync login_history: QUOTA_RESERVED after 1.5 s, 1,234 rows, DuckDB 1.5.5, Node 24.21.0';
    assert.equal(redact(line, known), line);
  });

  it('says which prerequisites fail by their ids, how runs ended, and which settings differ', () => {
    const facts: IssueFacts = {
      version: '0.1.0',
      vscode: '1.139.1',
      app: 'Visual Studio Code',
      remote: 'ssh-remote',
      node: '24.21.0',
      platform: 'linux x64 6.1.0',
      language: 'ja',
      trusted: true,
      folders: 2,
      settings: [['orgwatch.quota.reserve', '20']],
      orgs: [
        {
          outcomes: [['fail', ['connector-profile', 'session-ip-lock']]],
          runs: [{ startedAt: '2026-11-24T10:00:00.000Z', endedAt: '2026-11-24T10:01:30.000Z', outcome: 'failed' }],
          sources: [['event_log', 'failed, SERVER_ERROR']],
        },
        { outcomes: [], runs: [], sources: [], trouble: 'LEDGER_CORRUPT' },
      ],
      log: ['2026-11-24 10:00:00.000 [info] Verify ann@example.com.uat at https://acme--uat.sandbox.my.salesforce.com'],
    };
    const text = issueReport(facts, known);
    for (const said of [
      '0.1.0',
      'ssh-remote',
      '`orgwatch.quota.reserve`: 20',
      'fail (connector-profile, session-ip-lock)',
      '2026-11-24 10:00 UTC: failed, 90 s',
      'event_log: failed, SERVER_ERROR',
      'LEDGER_CORRUPT',
    ])
      assert.ok(text.includes(said), said);
    assert.doesNotMatch(text, /\bann\b|acme|salesforce\.com/);
  });
});
