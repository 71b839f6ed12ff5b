import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Stands before a simulated org and sends each event log file from the disk, as the org sent it the first time: making
 * and compressing hundreds of megabytes takes the org longer than a client needs for them, on the same machine.
 * Arguments: the org's address, and a folder for the files. Prints its own address.
 */
const [instanceUrl = '', folder = ''] = process.argv.slice(2);
const GZIP = { 'content-type': 'application/octetstream', 'content-encoding': 'gzip' };

async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
  const id = /\/EventLogFile\/(\w+)\/LogFile$/.exec(message.url ?? '')?.[1];
  const file = path.join(folder, `${id ?? ''}.gz`);
  if (id !== undefined && existsSync(file)) {
    // Its call is counted all the same: by the one who asked.
    response.writeHead(200, GZIP);
    return await pipeline(createReadStream(file, { highWaterMark: 1 << 18 }), response);
  }
  const answer = await forward(message);
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  if (id === undefined) return await pipeline(answer, response);
  await pipeline(answer, createWriteStream(`${file}.part`));
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
