import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Stands before a simulated org and sends each event log file and page of records from the disk, byte for byte as the
 * org sent it the first time: making and compressing hundreds of megabytes takes the org longer than a client needs
 * for them, on the same machine. Arguments: the org's address, a folder for the answers, ms that each answer from there
 * is kept back. Prints its own address; `/requests` there tells how many requests came.
 */
const [instanceUrl = '', folder = '', latency = '0'] = process.argv.slice(2);
/** Of answers that are kept, `Sforce-Limit-Info` as it was then: without it a client would have to feel its way. */
const HEADERS = ['content-type', 'content-encoding', 'sforce-limit-info'];
/** Addresses on which the answer hangs alone. */
const KEPT = /\/(?:EventLogFile\/\w+\/LogFile|query\/\w+-\d+|query\/?\?.*)$/;
let counted = 0;

async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
  const { url = '', method } = message;
  if (url === '/requests') return void response.end(JSON.stringify({ counted }));
  counted++;
  const name = createHash('sha256').update(url).digest('hex');
  const file = path.join(folder, name);
  if (existsSync(file)) {
    // Its call is counted all the same: by the one who asked.
    await sleep(Number(latency));
    response.writeHead(200, JSON.parse(readFileSync(`${file}.json`, 'utf8')) as Record<string, string>);
    return await pipeline(createReadStream(file, { highWaterMark: 1 << 18 }), response);
  }
  const answer = await forward(message);
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  if (method !== 'GET' || answer.statusCode !== 200 || !KEPT.test(url)) return await pipeline(answer, response);
  await pipeline(answer, createWriteStream(`${file}.part`));
  const headers = Object.entries(answer.headers).filter(([header]) => HEADERS.includes(header));
  writeFileSync(`${file}.json`, JSON.stringify(Object.fromEntries(headers)));
  await rename(`${file}.part`, file);
  await pipeline(createReadStream(file), response);
}

function forward(message: IncomingMessage): Promise<IncomingMessage> {
  const { url = '', method, headers } = message;
  return new Promise((resolve, reject) => {
    message.pipe(request(new URL(url, instanceUrl), { method, headers }, resolve).once('error', reject));
  });
}

const server = createServer((message, response) => {
  serve(message, response).catch((error: unknown) => response.destroy(error as Error));
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
});
process.once('SIGTERM', () => process.exit(0));
