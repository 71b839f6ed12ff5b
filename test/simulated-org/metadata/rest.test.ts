import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createHarness, profileFile, zipOf, type Harness } from './harness.ts';
import type { RestReply } from './rest.ts';

const path = '/services/data/v66.0/metadata/deployRequest';

async function post(org: Harness, optionsPart: string, deployOptions: unknown): Promise<RestReply> {
  const form = new FormData();
  form.append(optionsPart, new Blob([JSON.stringify({ deployOptions })], { type: 'application/json' }));
  const zip = await zipOf({ 'profiles/P.profile': profileFile('ApiEnabled') });
  form.append('file', new Blob([new Uint8Array(zip)], { type: 'application/zip' }), 'deploy.zip');
  const request = new Request('http://localhost/', { method: 'POST', body: form });
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  return org.api.rest({ method: 'POST', path, headers, body: Buffer.from(await request.arrayBuffer()) }, org.admin);
}

const send = (org: Harness, method: string, target: string, body = ''): Promise<RestReply> =>
  org.api.rest({ method, path: target, headers: {}, body: Buffer.from(body) }, org.admin);

interface DeployReply {
  readonly id: string;
  readonly deployResult: {
    readonly status: string;
    readonly done: boolean;
    readonly success: boolean;
    readonly details?: {
      readonly componentSuccesses: readonly { readonly fullName: string; readonly created: boolean }[];
    };
  };
}

describe('deployRequest of the simulated org', () => {
  for (const part of ['json', 'entity_content']) {
    it(`deploys what it gets with its options in the part ${part}`, async () => {
      const org = createHarness();
      const created = await post(org, part, { singlePackage: true, rollbackOnError: true });
      const { id, deployResult } = created.json as DeployReply;
      assert.deepEqual([created.status, deployResult.status, deployResult.done], [201, 'Pending', false]);
      let reply = await send(org, 'GET', `/${path}/${id}?includeDetails=true`);
      while (!(reply.json as DeployReply).deployResult.done) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        reply = await send(org, 'GET', `/${path}/${id}?includeDetails=true`);
      }
      const result = (reply.json as DeployReply).deployResult;
      assert.deepEqual([reply.status, result.status, result.success], [200, 'Succeeded', true]);
      const profile = result.details?.componentSuccesses.find(({ fullName }) => fullName === 'P');
      assert.equal(profile?.created, true);
      const short = (await send(org, 'GET', `${path}/${id}`)).json as DeployReply;
      assert.equal(short.deployResult.details, undefined);
    });
  }

  it('cancels', async () => {
    const org = createHarness();
    const { id } = (await post(org, 'json', {})).json as DeployReply;
    const body = JSON.stringify({ deployResult: { status: 'Canceling' } });
    const reply = await send(org, 'PATCH', `${path}/${id}`, body);
    assert.deepEqual([reply.status, (reply.json as DeployReply).deployResult.status], [202, 'Canceled']);
    assert.equal((await send(org, 'PATCH', `${path}/${id}`, body)).status, 400);
  });

  it('refuses what it cannot do with an array of errors', async () => {
    const org = createHarness();
    const statuses = [
      await send(org, 'GET', `${path}/0AfNoSuch`),
      await send(org, 'GET', path),
      await send(org, 'POST', path, 'nonsense'),
      await send(org, 'GET', '/services/data/v66.0/metadata/elsewhere'),
      await org.api.rest(
        { method: 'POST', path, headers: {}, body: Buffer.alloc(0) },
        { userId: 'u', permissions: new Set() },
      ),
    ].map((reply) => [reply.status, (reply.json as { errorCode: string }[])[0]?.errorCode]);
    assert.deepEqual(statuses, [
      [404, 'NOT_FOUND'],
      [405, 'METHOD_NOT_ALLOWED'],
      [400, 'INVALID_MULTIPART_REQUEST'],
      [404, 'NOT_FOUND'],
      [403, 'INSUFFICIENT_ACCESS'],
    ]);
  });
});
