import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Org } from '../org.ts';
import { answerRest } from './answer-rest.ts';
import { answerSoap } from './answer-soap.ts';
import type { Answered } from './answered.ts';
import { instead, withLimitFaults } from './instead.ts';
import { json } from './reply.ts';
import { clientOf, readRequest } from './request.ts';
import { send } from './send.ts';

/** Bytes; REST API guide, status 414. */
const LONGEST_URI = 16_384;

/** The org's HTTP server, not yet listening. */
export function createOrgServer(org: Org): Server {
  const server = createServer({ maxHeaderSize: 4 * LONGEST_URI }, (message, response) => {
    org.traffic.begin();
    answer(org, message, response)
      .catch(() => response.destroy())
      .finally(() => org.traffic.end());
  });
  server.keepAliveTimeout = 60_000;
  return server;
}

async function answer(org: Org, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = await readRequest(message);
  const struck = org.faults.strike(message.url ?? '');
  const delay = org.latency + (struck.get('latency')?.milliseconds ?? 0);
  // Whoever has asked may be gone: nobody's process stays for the answer.
  if (delay > 0) await sleep(delay, undefined, { ref: false });
  const tooLong = (message.url ?? '').length > LONGEST_URI;
  const { reply, kind, calls } = await safely(async () => {
    if (tooLong)
      return { reply: json([{ message: 'URI Too Long', errorCode: 'URI_TOO_LONG' }], 414), kind: 'unknown', calls: 0 };
    const harm = instead(request, struck);
    if (harm !== undefined) return { reply: harm, kind: 'instead', calls: 1 };
    const isSoap = request.path.startsWith('/services/Soap/');
    return await (isSoap ? answerSoap(org, request, struck) : answerRest(org, request, struck));
  });
  const { method, path, query } = request;
  const soql = query.get('q');
  org.traffic.record({
    method,
    path,
    ...(soql === null ? {} : { soql }),
    kind,
    client: clientOf(request),
    calls,
    status: reply.status,
  });
  await send(message, response, withLimitFaults(reply, struck), struck);
}

/** Salesforce's answer to its own mistakes. */
async function safely(work: () => Promise<Answered>): Promise<Answered> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { reply: json([{ message, errorCode: 'UNKNOWN_EXCEPTION' }], 500), kind: 'error', calls: 1 };
  }
}
