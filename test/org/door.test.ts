import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Door } from '../../extension/org/door.ts';
import { doorFor } from '../../extension/org/open-door.ts';
import { QuotaPause } from '../../extension/org/quota.ts';
import { SalesforceRefusal } from '../../extension/org/refusal.ts';
import { OrgwatchError } from '../../extension/shared/errors.ts';
import { authorizationOf } from '../support/authorization.ts';
import { orgAndLake, withCode, type OrgAndLake } from '../sync/org-and-lake.ts';

const LIMITS = { path: '/services/data/v{v}/limits', purpose: 'read limits' };

describe('the door', () => {
  let both: OrgAndLake;
  let door: Door;
  beforeEach(async () => {
    both = await orgAndLake({ scenario: 'no-shield' });
    door = both.door;
  });
  afterEach(() => both[Symbol.asyncDispose]());

  async function largestLogFile(): Promise<{ path: string; bytes: number }> {
    for await (const page of door.query('SELECT Id, LogFileLength FROM EventLogFile')) {
      const files = page.records.map((record) => ({
        id: String(record['Id']),
        bytes: Number(record['LogFileLength']),
      }));
      const [largest] = files.sort((a, b) => b.bytes - a.bytes);
      assert.ok(largest);
      return { path: `/services/data/v{v}/sobjects/EventLogFile/${largest.id}/LogFile`, bytes: largest.bytes };
    }
    throw new Error('no log file');
  }

  async function download(path: string): Promise<number> {
    const { body } = await door.stream({ path, purpose: 'download a log file' });
    return (await buffer(body)).length;
  }

  it('counts each call as the org does, and learns its allocation from the answers', async () => {
    assert.equal(door.usage().max, undefined);
    await door.json(LIMITS);
    const { max, remaining, own, reserve, session } = door.usage();
    const usage = await both.control<{ max: number; remaining: number }>('GET /usage');
    assert.deepEqual(
      { max, remaining, own, session },
      { ...{ max: usage.max, remaining: usage.remaining }, own: 1, session: 1 },
    );
    assert.equal(reserve, usage.max / 10);
    const { byClient } = await both.requests();
    assert.deepEqual(Object.entries(byClient), [[Object.keys(byClient)[0], 1]]);
    assert.match(Object.keys(byClient)[0] ?? '', /^orgwatch\/\d/);
  });

  it('follows a query over its pages', async () => {
    const sizes: number[] = [];
    const ids = new Set<unknown>();
    for await (const page of door.query('SELECT Id FROM LoginHistory ORDER BY LoginTime ASC, Id ASC')) {
      sizes.push(page.records.length);
      assert.deepEqual((JSON.parse(Buffer.from(page.bytes).toString()) as { records: unknown }).records, page.records);
      for (const record of page.records) ids.add(record['Id']);
      assert.equal(page.done, ids.size === page.totalSize);
    }
    assert.ok(sizes.length > 2 && sizes.slice(0, -1).every((size) => size === 2000));
    assert.equal(door.usage().own, sizes.length);
  });

  it('reads metadata', async () => {
    const result = await door.metadata<{ records: { fullName: string } }>(
      'readMetadata',
      '<readMetadata><type>SecuritySettings</type><fullNames>Security</fullNames></readMetadata>',
    );
    assert.equal(result.records.fullName, 'Security');
    assert.equal(door.usage().own, (await both.requests()).counted);
  });

  it('says what Salesforce refused, and why', async () => {
    const query = (q: string) => door.json({ path: '/services/data/v{v}/query', query: { q }, purpose: 'query' });
    await assert.rejects(query('SELECT Nothing FROM LoginHistory'), (error: unknown) => {
      assert.ok(error instanceof OrgwatchError && error.cause instanceof SalesforceRefusal);
      assert.equal(error.code, 'QUERY_REJECTED');
      assert.equal(error.cause.errorCode, 'INVALID_FIELD');
      assert.match(error.message, /No such column 'Nothing'/);
      assert.doesNotMatch(error.message, /\n/);
      return true;
    });
    await assert.rejects(query('SELECT Id FROM Nothing'), withCode('NOT_SUPPORTED_BY_ORG'));
    await assert.rejects(
      door.json({ path: '/services/data/v{v}/nothing', purpose: 'look' }),
      withCode('NOT_SUPPORTED_BY_ORG'),
    );
    assert.equal(door.usage().own, (await both.requests()).counted);
  });

  for (const kind of ['500', '503', '429', 'reset', 'truncated', 'corrupt-gzip'] as const) {
    it(`asks again after ${kind}, and counts each try`, async () => {
      await door.json(LIMITS);
      await both.fault({ kind, count: 2, path: '/limits', afterBytes: 100, retryAfter: 0 });
      assert.ok((await door.json(LIMITS)).body);
      assert.equal(door.usage().session, 4);
      assert.equal((await both.requests()).total, 4);
    });
  }

  it('gives up after its tries, with the fault of the last', async () => {
    await both.fault({ kind: '503', path: '/limits' });
    await assert.rejects(door.json(LIMITS), withCode('SERVER_ERROR'));
    assert.equal((await both.requests()).total, 3);
  });

  it('does not repeat what may change the org', async () => {
    await both.fault({ kind: '503' });
    const composite = { path: '/services/data/v{v}/composite', method: 'POST', body: '{}', purpose: 'post' } as const;
    await assert.rejects(door.json(composite), withCode('SERVER_ERROR'));
    assert.equal((await both.requests()).total, 1);
  });

  for (const kind of ['reset', 'truncated', 'corrupt-gzip'] as const) {
    it(`notices a download that is ${kind}`, async () => {
      const { path, bytes } = await largestLogFile();
      assert.equal(await download(path), bytes);
      await both.fault({ kind, path: 'LogFile$', count: 1 });
      await assert.rejects(download(path), withCode('DOWNLOAD_INCOMPLETE'));
      assert.equal(await download(path), bytes);
    });
  }

  it('does not wait for ever for a body that has stopped', async () => {
    const { path } = await largestLogFile();
    await both.fault({ kind: 'trickle', path: 'LogFile$', bytesPerSecond: 0.2 });
    await assert.rejects(download(path), withCode('DOWNLOAD_INCOMPLETE'));
  });

  it('stops at once when the daily limit is gone, and leaves the org alone', async () => {
    await door.json(LIMITS);
    await both.fault({ kind: 'request-limit', count: 1 });
    await assert.rejects(door.json(LIMITS), (error: unknown) => {
      assert.ok(error instanceof OrgwatchError && error.cause instanceof QuotaPause);
      return error.code === 'REQUEST_LIMIT_EXCEEDED';
    });
    await assert.rejects(door.json(LIMITS), withCode('QUOTA_RESERVED'));
    assert.equal((await both.requests()).total, 2);
  });

  it('leaves the reserve', async () => {
    const { max } = await both.control<{ max: number }>('GET /usage');
    await both.control('POST /usage', { used: Math.floor(max * 0.9) - 30 });
    await assert.rejects(async () => {
      for (;;) await Promise.all(Array.from({ length: 7 }, () => door.json(LIMITS)));
    }, withCode('QUOTA_RESERVED'));
    const { remaining } = await both.control<{ remaining: number }>('GET /usage');
    assert.ok(remaining >= max * 0.1, `${String(remaining)} of ${String(max)} are left`);
    assert.ok(door.usage().own > 1);
  });

  it('ends a request that is no longer wanted', async () => {
    await both.fault({ kind: 'latency', milliseconds: 60_000 });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    await assert.rejects(door.json({ ...LIMITS, signal: abort.signal }), withCode('CANCELLED'));
  });

  it('says so when no org listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    await assert.rejects(doorTo(`http://127.0.0.1:${String(port)}`).json(LIMITS), withCode('ORG_UNREACHABLE'));
  });

  it('speaks plain http to this machine only', async () => {
    for (const url of ['http://example.com', 'http://127.0.0.1.example.com', 'http://10.0.0.1']) {
      await assert.rejects(doorTo(url).json(LIMITS), withCode('INSECURE_URL'));
    }
  });

  function doorTo(instanceUrl: string): Door {
    const authorization = authorizationOf(both.org);
    const identity = { ...authorization.identity, instanceUrl };
    return doorFor({ ...authorization, identity }, { calls: both.calls, retry: { tries: 2, baseMs: 1, maxMs: 1 } });
  }
});
