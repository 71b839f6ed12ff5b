import { t } from '@vscode/l10n';
import http from 'node:http';
import https from 'node:https';
import { pipeline, Transform, type Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { OrgwatchError } from '../shared/errors.ts';
import { BodySize, MOST_STREAM_BYTES, unusable } from './answer-limits.ts';
import { shellWord } from '../shared/shell.ts';
import { isLoopback } from './loopback.ts';
import { transferError, unreachable } from './transfer-error.ts';

/** Larger pieces than zlib's own take a quarter less of the processor. */
const INFLATE = { chunkSize: 512 << 10 };

export interface Timeouts {
  /** Until the response's headers are there, in ms. Salesforce itself ends a query after 120 s. */
  readonly headers: number;
  /** In each such span, in ms, a body has to bring something: more than a byte now and then, which holds its reader for years. */
  readonly stall: number;
  /** Until a body is whole, in ms; default: six hours, in which 8 GB come at 3 Mbit/s. */
  readonly whole?: number;
}

export const DEFAULT_TIMEOUTS: Timeouts = { headers: 150_000, stall: 60_000 };

const LONGEST_STREAM_MS = 6 * 60 * 60_000;

/** Bytes a second, over a span of `stall`: a modem of 1962 had as many. */
const SLOWEST = 16;

export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** The answer's body, decoded, may not be longer. Default: what a file may have. */
  readonly mostBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Incoming {
  readonly status: number;
  readonly headers: Headers;
  /** Decoded; ends with an error, never early, when the transfer was cut short, is corrupt or longer than it may be. */
  readonly body: Readable;
}

/**
 * HTTP as Orgwatch needs it: no redirects, no retries, every byte checked. `fetch` would do, were it not that it takes
 * a gzip body without its trailer for whole.
 */
export class Transport {
  readonly #timeouts: Timeouts;
  readonly #plain = new http.Agent({ keepAlive: true });
  readonly #secure = new https.Agent({ keepAlive: true, proxyEnv: process.env });

  constructor(timeouts: Timeouts = DEFAULT_TIMEOUTS) {
    this.#timeouts = timeouts;
  }

  /** @throws OrgwatchError INSECURE_URL, ORG_UNREACHABLE (retryable), RESPONSE_INVALID, CANCELLED */
  async send(outgoing: Outgoing): Promise<Incoming> {
    const { url, signal } = outgoing;
    const secure = url.protocol === 'https:';
    if (!secure && !(url.protocol === 'http:' && isLoopback(url.hostname))) throw insecure(url);
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const body = outgoing.body === undefined ? undefined : Buffer.from(outgoing.body);
      const request = (secure ? https : http).request(url, {
        agent: secure ? this.#secure : this.#plain,
        method: outgoing.method,
        headers: {
          'accept-encoding': 'gzip',
          ...outgoing.headers,
          ...(body ? { 'content-length': String(body.length) } : {}),
        },
        ...(signal ? { signal } : {}),
      });
      const timer = setTimeout(() => request.destroy(noAnswer()), this.#timeouts.headers);
      request.once('close', () => clearTimeout(timer));
      request.once('error', (error) => reject(unreachable(url, error, signal)));
      request.once('response', (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      request.end(body);
    });
    const encoding = encodingOf(response);
    if (encoding === undefined) {
      response.destroy();
      throw unusable(t('The answer is encoded in a way that was not asked for.'));
    }
    return {
      status: response.statusCode ?? 0,
      headers: headersOf(response),
      body: this.#decoded(response, encoding, outgoing.mostBytes ?? MOST_STREAM_BYTES, signal),
    };
  }

  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }

  #decoded(
    response: http.IncomingMessage,
    encoding: Encoding,
    mostBytes: number,
    signal: AbortSignal | undefined,
  ): Readable {
    const size = new BodySize(mostBytes);
    const body = measured(size);
    // It may break off before anybody reads; whoever reads it then is told all the same.
    body.on('error', () => undefined);
    const { stall, whole = LONGEST_STREAM_MS } = this.#timeouts;
    const giveUp = (why: string): void => void response.destroy(new Error(why));
    let came = 0;
    const stalled = setTimeout(() => {
      // A consumer that is slow to read is no stall of the sender.
      if (body.readableLength === 0 && came < (SLOWEST * stall) / 1000) {
        giveUp(
          came === 0 ? t('nothing came for {0} s', stall / 1000) : t('{0} bytes came in {1} s', came, stall / 1000),
        );
      }
      came = 0;
      stalled.refresh();
    }, stall);
    const tooLong = setTimeout(() => giveUp(t('it has not ended after {0} s', whole / 1000)), whole);
    const stop = (): void => {
      clearTimeout(stalled);
      clearTimeout(tooLong);
    };
    response.on('data', (chunk: Buffer) => {
      came += chunk.length;
      size.receive(chunk.length);
    });

    const decoded = decode(response, encoding);
    const fail = (error: Error): void => void body.destroy(transferError(error, signal));
    decoded.on('error', fail);
    decoded.once('close', () => {
      stop();
      if (!decoded.readableEnded) fail(new Error(t('the connection was closed')));
    });
    body.once('close', () => {
      decoded.destroy();
      response.destroy();
    });
    return decoded.pipe(body);
  }
}

/** Its name tells it from what else keeps a request from being answered. */
function noAnswer(): Error {
  return Object.assign(new Error(t('no answer in time')), { name: 'TimeoutError' });
}

/** What passes, counted. */
function measured(size: BodySize): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        size.decode(chunk.length);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

type Encoding = 'identity' | 'gzip' | 'deflate';

/** The body without its content encoding; an error of the response ends it. */
function decode(response: http.IncomingMessage, encoding: Encoding): Readable {
  if (encoding === 'identity') return response;
  return pipeline(response, encoding === 'gzip' ? createGunzip(INFLATE) : createInflate(INFLATE), () => undefined);
}

/** Undefined for one that nobody here can decode. */
function encodingOf(response: http.IncomingMessage): Encoding | undefined {
  const encoding = (response.headers['content-encoding'] ?? '').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return 'identity';
  if (encoding === 'gzip' || encoding === 'x-gzip') return 'gzip';
  return encoding === 'deflate' ? 'deflate' : undefined;
}

function headersOf(response: http.IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(response.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return headers;
}

function insecure(url: URL): OrgwatchError {
  return new OrgwatchError(
    'INSECURE_URL',
    t('{0} is not encrypted; plain http is only for this machine.', url.origin),
    {
      actions: [
        t(
          'Log in again with the https address: {0}',
          `sf org login web --instance-url ${shellWord(`https://${url.host}`)}`,
        ),
      ],
    },
  );
}
