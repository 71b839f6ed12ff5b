import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { startSimulatedOrg, type SimulatedOrg } from '../simulated-org/server.ts';
import { ask, during, query, soql, V } from './ask.ts';
import { control } from '../support/control.ts';

describe('simulated org: faults', () => {
  let org: SimulatedOrg;
  let logFile: string;

  before(async () => {
    org = await startSimulatedOrg({ scenario: 'shield', scale: 0.2 });
    logFile = String((await query(org, 'SELECT LogFile FROM EventLogFile LIMIT 1')).records[0]?.['LogFile']);
  });

  after(async () => await org.close());

  const download = (encoding: string): Promise<string> =>
    ask(org, logFile, { headers: { 'accept-encoding': encoding } }).then(({ text }) => text);

  it('answers 503 and 429 so many times and on the path that was asked for', async () => {
    await during(org, { kind: '503', count: 2, path: '/limits', retryAfter: 7 }, async () => {
      assert.equal((await ask(org, `${V}/`)).status, 200);
      const first = await ask(org, `${V}/limits`);
      assert.deepEqual([first.status, first.headers.get('retry-after')], [503, '7']);
      assert.equal((await ask(org, `${V}/limits`)).status, 503);
      assert.equal((await ask(org, `${V}/limits`)).status, 200);
    });
    await during(org, { kind: '429', after: 1, count: 1 }, async () => {
      assert.equal((await ask(org, `${V}/`)).status, 200);
      assert.equal((await ask(org, `${V}/`)).status, 429);
      assert.equal((await ask(org, `${V}/`)).status, 200);
    });
  });

  it('gives up what spans too much, takes no large OFFSET, and lists files with other lengths', async () => {
    const logins = (days: number): string =>
      soql(`SELECT Id FROM LoginHistory WHERE LoginTime >= ${new Date(Date.now() - days * 86_400_000).toISOString()}`);
    const refused = async (path: string): Promise<unknown> => {
      const { status, text } = await ask(org, path);
      return [status, (JSON.parse(text) as readonly { readonly errorCode: string }[])[0]?.errorCode];
    };
    await during(org, { kind: 'query-timeout', widerThan: 2 * 86_400_000 }, async () => {
      assert.deepEqual(await refused(logins(3)), [400, 'QUERY_TIMEOUT']);
      assert.equal((await ask(org, logins(1))).status, 200);
    });
    await during(org, { kind: 'offset-limit' }, async () => {
      const tokens = (offset: number): string =>
        soql(`SELECT UserId FROM OauthToken LIMIT 10 OFFSET ${String(offset)}`);
      assert.deepEqual(await refused(tokens(2001)), [400, 'NUMBER_OUTSIDE_VALID_RANGE']);
      assert.equal((await ask(org, tokens(2000))).status, 200);
    });
    const files = 'SELECT LogFileLength FROM EventLogFile WHERE LogFileLength > 0 ORDER BY Id LIMIT 1';
    const length = async (): Promise<number> => Number((await query(org, files)).records[0]?.['LogFileLength']);
    const listed = await length();
    assert.equal(await during(org, { kind: 'other-length', bytes: 5 }, length), listed + 5);
  });

  it('waits, trickles, and gives what it gave before once it is switched off', async () => {
    const whole = await download('identity');
    const started = performance.now();
    await during(org, { kind: 'latency', milliseconds: 150 }, () => download('identity'));
    assert.ok(performance.now() - started >= 145);
    const slow = await during(org, { kind: 'trickle', bytesPerSecond: 100_000 }, () => download('gzip'));
    assert.equal(slow, whole);
  });

  it('resets the connection mid-body', async () => {
    for (const encoding of ['gzip', 'identity']) {
      await during(org, { kind: 'reset', path: 'LogFile' }, () => assert.rejects(download(encoding), TypeError));
    }
    await during(org, { kind: 'reset', afterBytes: 10 }, () => assert.rejects(download('identity'), TypeError));
  });

  it('truncates a body without a word, compressed or not', async () => {
    const whole = await download('identity');
    const short = await during(org, { kind: 'truncated' }, () => download('identity'));
    assert.ok(short.length < whole.length && whole.startsWith(short));
    const cut = await during(org, { kind: 'truncated', afterBytes: 100 }, () => download('identity'));
    assert.equal(cut, whole.slice(0, 100));
    // fetch inflates what there is of a gzip stream and says nothing of the rest.
    const packed = await during(org, { kind: 'truncated' }, () => download('gzip'));
    assert.ok(packed.length < whole.length && whole.startsWith(packed));
  });

  it('corrupts what is compressed', async () => {
    await during(org, { kind: 'corrupt-gzip' }, () => assert.rejects(download('gzip')));
    await during(org, { kind: 'corrupt-gzip' }, async () => assert.ok((await download('identity')).length > 0));
  });

  it('ends query locators', async () => {
    const options = { headers: { 'sforce-query-options': 'batchSize=200' } };
    const open = async (): Promise<string> =>
      (await query(org, 'SELECT Id FROM LoginHistory', options)).nextRecordsUrl ?? '';
    const [one, other] = [await open(), await open()];
    await during(org, { kind: 'expired-locator', path: '/query/0r8' }, async () => {
      assert.match((await ask(org, one)).text, /INVALID_QUERY_LOCATOR/);
      assert.match((await ask(org, other)).text, /INVALID_QUERY_LOCATOR/);
      assert.equal((await ask(org, await open())).status, 200);
    });
  });

  it('says that the allocation is gone, or that the session is, which then it is', async () => {
    await during(org, { kind: 'request-limit', count: 1 }, async () => {
      assert.match((await ask(org, `${V}/`)).text, /REQUEST_LIMIT_EXCEEDED/);
      assert.equal((await ask(org, `${V}/`)).status, 200);
    });
    await during(org, { kind: 'expired-session' }, async () => {
      assert.equal((await ask(org, `${V}/`)).status, 401);
    });
    assert.equal((await ask(org, `${V}/`)).status, 401);
    assert.equal((await ask(org, `${V}/`, { token: org.admin.accessToken })).status, 200);
  });

  it('lists what is on and refuses a fault that it does not know', async () => {
    await control(org, 'POST /faults', { kind: '503', path: 'never' });
    const [fault] = await control<{ kind: string; left: number | null; struck: number }[]>(org, 'GET /faults');
    assert.deepEqual([fault?.kind, fault?.left, fault?.struck], ['503', null, 0]);
    await control(org, 'DELETE /faults');
    assert.deepEqual(await control(org, 'GET /faults'), []);
    await assert.rejects(control(org, 'POST /faults', { kind: 'fire' }), /Unknown fault/);
  });
});
