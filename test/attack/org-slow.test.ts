import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Transport, type Timeouts } from '../../extension/org/transport.ts';
import { withCode } from '../sync/org-and-lake.ts';

describe('an org that keeps its reader waiting', () => {
  let server: Server;
  let transport: Transport;

  /** Answers for ever, so many bytes each 20 ms. */
  beforeEach(async () => {
    server = createServer((request, response) => {
      response.writeHead(200).flushHeaders();
      const piece = Buffer.alloc(Number(request.url?.slice(1)), 48);
      const timer = setInterval(() => response.write(piece), 20);
      response.on('close', () => clearInterval(timer)).on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => {
    transport.close();
    server.closeAllConnections();
    server.close();
  });

  async function read(bytes: number, timeouts: Omit<Timeouts, 'headers'>): Promise<Buffer> {
    transport = new Transport({ headers: 5_000, ...timeouts });
    const { port } = server.address() as AddressInfo;
    const url = new URL(`http://127.0.0.1:${String(port)}/${String(bytes)}`);
    const { body } = await transport.send({ url, method: 'GET', headers: {} });
    return buffer(body);
  }

  it('is given up when a body comes byte by byte', async () => {
    await assert.rejects(read(0, { stall: 300 }), withCode('DOWNLOAD_INCOMPLETE'));
    await assert.rejects(slowly(), withCode('DOWNLOAD_INCOMPLETE'));
  });

  it('is given up when a body does not end, however fast it comes', async () => {
    await assert.rejects(read(1000, { stall: 5_000, whole: 500 }), withCode('DOWNLOAD_INCOMPLETE'));
  });

  /** One byte each 200 ms. */
  async function slowly(): Promise<Buffer> {
    server.removeAllListeners('request');
    server.on('request', (_request, response) => {
      response.writeHead(200).flushHeaders();
      const timer = setInterval(() => response.write('0'), 200);
      response.on('close', () => clearInterval(timer)).on('error', () => undefined);
    });
    return read(0, { stall: 1_000 });
  }
});
