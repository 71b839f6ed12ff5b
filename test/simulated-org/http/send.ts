import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createDeflate, createGzip } from 'node:zlib';
import { withFaults } from './body-faults.ts';
import type { FaultInput, FaultKind } from './faults.ts';
import type { Reply } from './reply.ts';

/** Fast rather than small: the org must not be what a measurement measures. */
const LEVEL = 1;

/**
 * Sends a reply chunked, gzip or deflate where the client accepts it, as fast as the client reads.
 * A client that goes away ends the generation of the body.
 */
export async function send(
  message: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  faults: ReadonlyMap<FaultKind, FaultInput>,
): Promise<void> {
  response.statusCode = reply.status;
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  if (reply.status === 204 || message.method === 'HEAD') {
    response.end();
    return;
  }
  response.setHeader('Content-Type', reply.contentType);
  response.setHeader('Vary', 'Accept-Encoding');
  const encoding = encodingOf(message);
  if (encoding !== undefined) response.setHeader('Content-Encoding', encoding);
  const compressor =
    encoding === undefined
      ? undefined
      : encoding === 'gzip'
        ? createGzip({ level: LEVEL })
        : createDeflate({ level: LEVEL });
  response.flushHeaders();
  const source = Readable.from(chunksOf(reply.body), { objectMode: false });
  const lastStep = (body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => withFaults(body, faults, response);
  if (compressor === undefined) await pipeline(source, lastStep, response);
  else await pipeline(source, compressor, lastStep, response);
}

function encodingOf(message: IncomingMessage): 'gzip' | 'deflate' | undefined {
  const accepted = String(message.headers['accept-encoding'] ?? '')
    .split(',')
    .map((entry) => entry.trim().split(';') as [string, string?])
    .filter(([, quality]) => quality?.replace(/\s/g, '') !== 'q=0')
    .map(([name]) => name);
  return accepted.includes('gzip') ? 'gzip' : accepted.includes('deflate') ? 'deflate' : undefined;
}

async function* chunksOf(body: Reply['body']): AsyncIterable<Uint8Array> {
  if (typeof body === 'string') yield Buffer.from(body, 'utf8');
  else if (Buffer.isBuffer(body)) yield body;
  else yield* body;
}
