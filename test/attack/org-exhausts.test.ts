import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createRawServer, type AddressInfo, type Server } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openCalls } from '../../extension/lake/calls.ts';
import { deploy } from '../../extension/org/deploy.ts';
import type { Door } from '../../extension/org/door.ts';
import { doorFor } from '../../extension/org/open-door.ts';
import { permissionDependencies, permissionsByLabel } from '../../extension/org/tooling-permissions.ts';
import type { CallStore } from '../../extension/shared/calls.ts';
import { OrgwatchError } from '../../extension/shared/errors.ts';
import { withCode } from '../sync/org-and-lake.ts';

const MB = 2 ** 20;
const NEXT = '/services/data/v66.0/query/0r8000000000001AAA-';

describe('an org that wants to exhaust this machine', () => {
  let folder: string;
  let calls: CallStore;
  let server: Server | undefined;
  let door: Door;
  let served: number;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-exhaust-'));
    calls = openCalls(folder);
    served = 0;
  });
  afterEach(async () => {
    door.close();
    server?.close();
    calls[Symbol.dispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function serve(listening: Server): Promise<void> {
    server = listening.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const instanceUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const identity = {
      orgId: '00D000000000001EAA',
      username: 'a@b.c',
      userId: undefined,
      instanceUrl,
      requestedAs: 'a',
    };
    const renew = (): Promise<string> => Promise.reject(new OrgwatchError('SESSION_EXPIRED', 'expired'));
    door = doorFor(
      { identity, token: () => 'a token', renew },
      { calls, retry: { tries: 3, baseMs: 1, maxMs: 1 }, timeouts: { headers: 5_000, stall: 5_000 } },
    );
  }

  const answer = (handle: RequestListener): Promise<void> =>
    serve(
      createServer((request, response) => {
        served++;
        response.setHeader('sforce-limit-info', 'api-usage=1/100000');
        handle(request, response);
      }),
    );

  const page = (parts: object): string => JSON.stringify({ totalSize: 0, done: true, records: [], ...parts });

  const json = (): Promise<unknown> => door.json({ path: '/x', purpose: 'look' });
  const stream = async (mostBytes?: number): Promise<number> => {
    const { body } = await door.stream({ path: '/x', purpose: 'look', mostBytes });
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) bytes += chunk.length;
    return bytes;
  };
  const pages = async (): Promise<number> => {
    let count = 0;
    for await (const { records } of door.query('SELECT Id FROM User')) count += records.length;
    return count;
  };

  /** Writes zeros until nobody listens. */
  const endless: RequestListener = (_request, response) => {
    const piece = Buffer.alloc(MB, 48);
    const more = (): void => {
      while (!response.destroyed) {
        written += piece.length;
        if (!response.write(piece)) return void response.once('drain', more);
      }
    };
    more();
  };
  let written: number;
  beforeEach(() => (written = 0));

  it('is read as far as an answer may be long, once', async () => {
    await answer(endless);
    await assert.rejects(json(), withCode('RESPONSE_INVALID'));
    assert.ok(written < 64 * MB, `${String(written)} bytes were sent`);
    await assert.rejects(pages(), withCode('RESPONSE_INVALID'));
    assert.equal(served, 2);
  }).timeout(20_000);

  it('is read as far as an error may be long, and is taken for none of Salesforce', async () => {
    await answer((request, response) => {
      response.statusCode = 403;
      endless(request, response);
    });
    await assert.rejects(json(), withCode('RESPONSE_INVALID'));
    assert.equal(served, 1);
    assert.ok(written < 16 * MB, `${String(written)} bytes were sent`);
  });

  it('cannot send more of a file than it declared', async () => {
    await answer(endless);
    await assert.rejects(stream(3 * MB), withCode('RESPONSE_INVALID'));
    assert.ok(written < 16 * MB, `${String(written)} bytes were sent`);
    assert.equal(served, 1);
  });

  it('cannot send a file that grows without measure', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * MB));
    await answer((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    await assert.rejects(stream(), withCode('RESPONSE_INVALID'));
    await assert.rejects(json(), withCode('RESPONSE_INVALID'));
  }).timeout(20_000);

  it('sends what was not asked for in vain', async () => {
    await answer((_request, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x'));
    await assert.rejects(stream(), withCode('RESPONSE_INVALID'));
  });

  const endlessPages: Readonly<Record<string, (count: number) => object>> = {
    'are empty': (count) => ({ done: false, nextRecordsUrl: `${NEXT}${String(count)}` }),
    'come again': () => ({ done: false, nextRecordsUrl: `${NEXT}1`, totalSize: 1e6, records: [{ Id: '1' }] }),
    'hold more than there is': (count) => ({
      done: false,
      nextRecordsUrl: `${NEXT}${String(count)}`,
      totalSize: count + 100,
      records: Array.from({ length: 100 }, () => ({ Id: '1' })),
    }),
  };
  for (const [what, parts] of Object.entries(endlessPages)) {
    it(`is not followed over pages that ${what}`, async () => {
      await answer((_request, response) => response.end(page(parts(served))));
      await assert.rejects(pages(), withCode('RESPONSE_INVALID'));
      assert.ok(served < 50, String(served));
    });
  }

  it('is not followed to where no pages are', async () => {
    for (const next of [
      'https://example.com/services/data/v66.0/query/1',
      '//example.com/services/data/v66.0/query/1',
      '/\\example.com/services/data/v66.0/query/1',
      '/services/oauth2/revoke?token=x',
      '/services/data/v66.0/query/../../../../secur/logout.jsp',
      '/services/data/v66.0/query/1?q=x#y',
      '',
    ]) {
      await answer((_request, response) => response.end(page({ done: false, nextRecordsUrl: next, records: [{}] })));
      served = 0;
      await assert.rejects(pages(), withCode('RESPONSE_INVALID'), next);
      assert.equal(served, 1, next);
      door.close();
      server?.close();
    }
    await answer((_request, response) => response.end(page({})));
  });

  it('is not followed to another address, and says to which', async () => {
    await answer((_request, response) => response.writeHead(302, { location: 'https://example.com/a?b' }).end());
    await assert.rejects(json(), (error: unknown) => {
      assert.ok(withCode('RESPONSE_INVALID')(error));
      assert.match(String(error), /https:\/\/example\.com,/);
      return true;
    });
    assert.equal(served, 1);
  });

  it('is told from one that does not answer when its headers are too many, or no HTTP', async () => {
    for (const head of [`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`, 'SSH-2.0-OpenSSH_9.6\r\n\r\n']) {
      await serve(
        createRawServer((socket) => {
          served++;
          socket.on('error', () => undefined).end(head);
        }),
      );
      await assert.rejects(json(), withCode('RESPONSE_INVALID'));
      door.close();
      server?.close();
    }
    assert.equal(served, 2);
  });

  it('does not get through with records in records in records', async () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    await answer((_request, response) => response.end(`{"totalSize":1,"done":true,"records":[${deep}]}`));
    await assert.rejects(pages(), withCode('RESPONSE_INVALID'));
    await assert.rejects(json(), withCode('RESPONSE_INVALID'));
  });

  it('breaks nothing with an answer that is JSON or XML of another shape', async () => {
    let body = '';
    let status = 200;
    await answer((_request, response) => response.writeHead(status).end(body));
    const callers: readonly (() => Promise<unknown>)[] = [
      json,
      pages,
      () => permissionsByLabel(door),
      () => permissionDependencies(door, ['ViewSetup']),
      () => door.metadata('readMetadata', '<readMetadata/>'),
      () => deploy(door, { components: [] }),
    ];
    const soap = (inner: string): string =>
      `<e:Envelope xmlns:e="x"><e:Body><deployResponse>${inner}</deployResponse></e:Body></e:Envelope>`;
    const known = ['', '<', 'null', '[null]', '[[]]', '{"records":null}', '{"records":[null],"done":true}', '[{}]'];
    const words = ['constructor', '__proto__', 'toString'].map((errorCode) => JSON.stringify([{ errorCode }]));
    const xml = ['', '<result/>', '<result><id>"/></id></result>', '<result/><result/>'].map(soap);
    const bodies = fc.oneof(fc.constantFrom(...known, ...words, ...xml), fc.json());
    await fc.assert(
      fc.asyncProperty(bodies, fc.constantFrom(200, 400, 401, 500), async (text, code) => {
        [body, status] = [text, code];
        for (const call of callers) {
          const error = await call().then(
            () => undefined,
            (thrown: unknown) => thrown,
          );
          assert.ok(
            error === undefined || (error instanceof OrgwatchError && /^[A-Z_]+$/.test(error.code)),
            String(error),
          );
        }
      }),
      { numRuns: 60, examples: [...known, ...words, ...xml].map((text) => [text, 400] as [string, number]) },
    );
  }).timeout(60_000);
});

describe('a machine that has no file descriptor left', () => {
  it('says so, and that it passes', async function () {
    if (process.platform === 'win32') return;
    const script = path.join(import.meta.dirname, 'no-descriptor-left.ts');
    const command = 'ulimit -n 80 && exec "$0" --disable-warning=ExperimentalWarning "$1"';
    const folder = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-emfile-'));
    const env = { ...process.env, ORGWATCH_STATE_DIR: folder };
    const { stdout } = await promisify(execFile)('sh', ['-c', command, process.execPath, script], { env });
    await rm(folder, { recursive: true });
    const error = JSON.parse(stdout) as { code: string; retryable: boolean; message: string };
    assert.deepEqual([error.code, error.retryable], ['ORG_UNREACHABLE', true]);
    assert.match(error.message, /too many files/);
  }).timeout(30_000);
});
