import { t } from '@vscode/l10n';
import { sleep } from '../shared/abort.ts';
import type { SeenUsage } from '../shared/calls.ts';
import type { Clock } from '../shared/clock.ts';
import { OrgwatchError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { version } from '../shared/version.ts';
import { API_VERSION } from './api-version.ts';
import type { Authorization } from './authorization.ts';
import type {
  Door,
  DoorRequest,
  DoorResponse,
  DoorStream,
  DoorStreamRequest,
  OrgIdentity,
  QueryOptions,
  QueryPage,
} from './door.ts';
import { MOST_ANSWER_BYTES, MOST_ERROR_BYTES, MOST_PAGE_BYTES, MOST_STREAM_BYTES } from './answer-limits.ts';
import { buffer } from './buffer.ts';
import { parseLimitInfo, parseLimits } from './limit-info.ts';
import { Meter, REFUSED_MS, type MeterOptions } from './meter.ts';
import { Paging } from './paging.ts';
import { parseJson, readPage, recordOf } from './query.ts';
import {
  isRefusal,
  noSuchApi,
  notProven,
  redirected,
  Redirection,
  refusalOf,
  refusalOfFault,
  SalesforceRefusal,
} from './refusal.ts';
import { classOf, isPassing } from './refusal-codes.ts';
import { retryDelay, type RetryPolicy } from './retry.ts';
import { mayFollow } from './salesforce-host.ts';
import { Secrets } from './secrets.ts';
import { envelope, faultOf, resultOf } from './soap.ts';
import type { Incoming, Outgoing, Transport } from './transport.ts';
import type { CallUsage } from './usage.ts';

const CLIENT = `orgwatch/${version}`;

/** Calls refused because too many run at once come free again soon; the daily limit does not. */
const CONCURRENT_REFUSED_MS = 60_000;

export interface MeteredDoorParts {
  readonly authorization: Authorization;
  readonly quota: Omit<MeterOptions, 'askUsage'>;
  readonly transport: Transport;
  readonly retry: RetryPolicy;
  readonly clock: Clock;
  readonly log: Log;
}

/** What a request is to the meter and to the retry policy. */
interface Call {
  readonly purpose: string;
  readonly calls: number;
  readonly repeatable: boolean;
  /** The answer's body may not be longer. */
  readonly mostBytes: number;
  readonly onCall?: ((calls: number) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What a request was sent again with. */
type Recovery = 'session' | 'address';

/** What one request does for all of them. */
type Shared = 'renewal' | 'move';

/** How a request is made with the token of the moment. */
type Compose = (token: string) => Outgoing;

export class MeteredDoor implements Door {
  readonly apiVersion = API_VERSION;
  readonly #parts: MeteredDoorParts;
  readonly #meter: Meter;
  readonly #secrets = new Secrets();
  readonly #notes: string[] = [];
  readonly #going = new Map<Shared, Promise<void>>();

  constructor(parts: MeteredDoorParts) {
    this.#parts = parts;
    this.#meter = new Meter({ ...parts.quota, askUsage: (signal) => this.#askUsage(signal) });
  }

  get org(): OrgIdentity {
    return this.#parts.authorization.identity;
  }

  async json<T>(request: DoorRequest): Promise<DoorResponse<T>> {
    return this.#rest(request, MOST_ANSWER_BYTES, async (answer) => ({
      status: answer.status,
      headers: answer.headers,
      body: this.#secrets.cleanValue(parseJson(await buffer(answer.body), request.purpose)) as T,
    }));
  }

  async text(request: DoorRequest): Promise<DoorResponse<string>> {
    return this.#rest(request, MOST_ANSWER_BYTES, async (answer) => ({
      status: answer.status,
      headers: answer.headers,
      body: this.#secrets.clean((await buffer(answer.body)).toString('utf8')),
    }));
  }

  async stream(request: DoorStreamRequest): Promise<DoorStream> {
    return this.#rest(request, request.mostBytes ?? MOST_STREAM_BYTES, async (answer) => answer);
  }

  async *query(soql: string, options: QueryOptions = {}): AsyncIterable<QueryPage> {
    const { purpose = t('query'), tooling, all, ...rest } = options;
    const resource = tooling ? 'tooling/query' : all ? 'queryAll' : 'query';
    const paging = new Paging(purpose);
    let request: DoorRequest = { path: `/services/data/v{v}/${resource}`, query: { q: soql }, purpose };
    for (;;) {
      const page = await this.#rest(
        { ...request, ...rest, headers: { 'sforce-query-options': 'batchSize=2000' } },
        MOST_PAGE_BYTES,
        async (answer) => readPage(await buffer(answer.body), purpose),
      );
      yield page;
      const next = paging.next(page);
      if (next === undefined) return;
      request = { path: next, purpose };
    }
  }

  async metadata<T>(operation: string, bodyXml: string, options: { signal?: AbortSignal } = {}): Promise<T> {
    const { signal } = options;
    const compose: Compose = (token) => ({
      url: this.#url(`/services/Soap/m/${API_VERSION}`),
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=UTF-8', soapaction: '""', 'user-agent': CLIENT },
      body: envelope(token, CLIENT, bodyXml),
      signal,
    });
    // Reading is safe to repeat; what changes the org is not.
    const repeatable = /^(?:read|list|describe|check)/.test(operation);
    const call: Call = { purpose: operation, calls: 1, repeatable, mostBytes: MOST_ANSWER_BYTES, signal };
    return this.#send(compose, call, async (answer) => {
      const result = resultOf(operation, (await buffer(answer.body)).toString('utf8'));
      return this.#secrets.cleanValue(result) as T;
    });
  }

  notes(): readonly string[] {
    return this.#notes;
  }

  usage(): CallUsage {
    return this.#meter.usage();
  }

  close(): void {
    this.#parts.transport.close();
  }

  #rest<T>(request: DoorRequest, mostBytes: number, read: (answer: Incoming) => Promise<T>): Promise<T> {
    const { method = 'GET', purpose, onCall, signal, counts = 1 } = request;
    const call: Call = { purpose, calls: counts, repeatable: method === 'GET', mostBytes, onCall, signal };
    return this.#send(this.#composed(request), call, read);
  }

  #composed(request: DoorRequest): Compose {
    const { method = 'GET', signal } = request;
    // The org may have another address by the time of another try.
    const url = (): URL => {
      const at = this.#url(request.path.replace('{v}', API_VERSION));
      for (const [name, value] of Object.entries(request.query ?? {})) at.searchParams.set(name, value);
      return at;
    };
    return (token) => ({
      url: url(),
      method,
      headers: {
        accept: 'application/json, */*',
        'user-agent': CLIENT,
        'sforce-call-options': `client=${CLIENT}`,
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
        authorization: `Bearer ${token}`,
      },
      body: request.body,
      signal,
    });
  }

  /** The path is the org's or ours; it never leads to another host. */
  #url(path: string): URL {
    const base = new URL(this.org.instanceUrl);
    const url = new URL(`/${path.replace(/^\/+/, '')}`, base);
    if (url.origin !== base.origin)
      throw new OrgwatchError('RESPONSE_INVALID', t('{0} leads away from the org.', path));
    return url;
  }

  /** Sends, renews, retries; no secret is in what is thrown or logged. */
  async #send<T>(compose: Compose, request: Call, read: (answer: Incoming) => Promise<T>): Promise<T> {
    try {
      this.#token();
      const call = { ...request, purpose: this.#secrets.clean(request.purpose) };
      return await this.#tried(compose, call, read);
    } catch (error) {
      throw this.#secrets.cleanError(error);
    }
  }

  async #tried<T>(compose: Compose, call: Call, read: (answer: Incoming) => Promise<T>): Promise<T> {
    const { retry, clock } = this.#parts;
    const recovered = new Set<Recovery>();
    for (let tried = 1; ;) {
      const token = this.#token();
      const at = this.org.instanceUrl;
      const attempt = await this.#attempt({ ...compose(token), mostBytes: call.mostBytes }, call, read);
      if ('value' in attempt) return attempt.value;
      const { error, retryAfter } = attempt;
      const recovery = this.#recovery(error, at);
      if (recovery && !recovered.has(recovery)) {
        recovered.add(recovery);
        if (await this.#recovers(error, token, at, call)) continue;
        throw error;
      }
      if (!call.repeatable || !isWorthRetrying(error)) throw error;
      const wait = retryDelay(retry, tried++, retryAfter, clock.now(), Math.random());
      if (wait === undefined) throw error;
      await this.#wait(error, wait, call.signal);
    }
  }

  async #wait(error: OrgwatchError, ms: number, signal: AbortSignal | undefined): Promise<void> {
    this.#parts.log.warn(
      `${this.#secrets.clean(error.message)} Trying again in ${String(Math.round(ms / 100) / 10)} s.`,
    );
    await sleep(ms, signal);
  }

  async #attempt<T>(
    outgoing: Outgoing,
    call: Call,
    read: (answer: Incoming) => Promise<T>,
  ): Promise<{ value: T } | { error: OrgwatchError; retryAfter: string | null }> {
    const metered = await this.#meter.acquire(call.purpose, call.calls, call.signal);
    call.onCall?.(call.calls);
    let retryAfter: string | null = null;
    try {
      const answer = await this.#parts.transport.send(outgoing);
      const { status, headers } = answer;
      const usage = parseLimitInfo(headers.get('sforce-limit-info'));
      const isAnswered = status !== 401 && !isPassing(status);
      metered.settle(usage ?? (isAnswered ? 'silent' : undefined));
      this.#parts.log.debug(`${String(status)} ${call.purpose}`);
      if (status >= 200 && status < 300) return { value: await read(answer) };
      retryAfter = headers.get('retry-after');
      const error = await this.#refused(answer, call.purpose, outgoing.url);
      if (error.code !== 'REQUEST_LIMIT_EXCEEDED') return { error, retryAfter };
      const concurrent = error.cause instanceof SalesforceRefusal && /concurrent/i.test(error.cause.message);
      const pause = metered.refuse(concurrent ? CONCURRENT_REFUSED_MS : REFUSED_MS);
      const { code, message, actions } = error;
      return { error: new OrgwatchError(code, message, { actions, retryable: true, cause: pause }), retryAfter };
    } catch (error) {
      if (error instanceof OrgwatchError) return { error, retryAfter };
      throw error;
    } finally {
      metered.settle();
    }
  }

  /** The token of the moment, which is a secret from now on, and so are the others of this login. */
  #token(): string {
    const { authorization } = this.#parts;
    const token = authorization.token();
    if (this.#secrets.note(token)) {
      for (const secret of authorization.secrets?.() ?? []) this.#secrets.note(secret);
    }
    // A renewed one is the org's words, and goes into a header.
    if (/[^\x21-\x7e ]/.test(token))
      throw new OrgwatchError('SESSION_EXPIRED', t('The org gave a session that is none.'));
    // What another org answers must not get into this one's lake.
    const orgId = /^(00D[A-Za-z0-9]{12})[A-Za-z0-9]{0,3}!/.exec(token)?.[1];
    if (orgId !== undefined && this.org.orgId !== '' && orgId !== this.org.orgId.slice(0, 15)) {
      throw new OrgwatchError('SESSION_EXPIRED', t('The session is of another org: {0}.', orgId));
    }
    return token;
  }

  async #refused({ status, headers, body }: Incoming, purpose: string, url: URL): Promise<OrgwatchError> {
    if (status >= 300 && status < 400) {
      body.destroy();
      return redirected(headers.get('location'), purpose);
    }
    const text = await errorText(body);
    const fault = text.trimStart().startsWith('<') ? faultOf(text) : undefined;
    const { clean } = this.#secrets;
    if (fault) return refusalOfFault(status, fault, purpose, clean);
    const error = refusalOf(status, text, purpose, clean);
    const isWhole = isRefusal(error, 'NOT_FOUND') && IN_EVERY_VERSION.test(url.pathname);
    return isWhole ? noSuchApi(error, API_VERSION) : error;
  }

  /** The limits resource tells in its body what the header of its answer may not; whatever fails tells nothing. */
  async #askUsage(signal: AbortSignal | undefined): Promise<SeenUsage | undefined> {
    const { transport, log } = this.#parts;
    const compose = this.#composed({ path: '/services/data/v{v}/limits', purpose: '', ...(signal ? { signal } : {}) });
    try {
      const answer = await transport.send({ ...compose(this.#token()), mostBytes: MOST_ANSWER_BYTES });
      const told = parseLimitInfo(answer.headers.get('sforce-limit-info'));
      const bytes = await buffer(answer.body);
      const usage = told ?? (answer.status === 200 ? parseLimits(parseJson(bytes, '')) : undefined);
      log.info(
        `The org's answers do not tell its API usage; asking for its limits ${usage ? 'does' : 'does not either'}.`,
      );
      return usage;
    } catch (error) {
      if (!(error instanceof OrgwatchError) || error.code === 'CANCELLED') throw error;
      log.warn(`The org's limits cannot be asked for: ${this.#secrets.clean(error.message)}`);
      return undefined;
    }
  }

  /** What may help after an error: a new session, or the address of Salesforce's that an answer leads to. */
  #recovery(error: OrgwatchError, at: string): Recovery | undefined {
    if (isRefusal(error, 'URL_NOT_RESET')) return 'session';
    if (error.code === 'SESSION_EXPIRED' && isRenewable(error)) return 'session';
    const { cause } = error;
    const isAway = cause instanceof Redirection && cause.to !== new URL(at).origin && mayFollow(at, cause.to);
    return isAway && this.#parts.authorization.move ? 'address' : undefined;
  }

  /** @returns whether the request is worth sending again. @throws OrgwatchError when what stands in the way is known */
  async #recovers(error: OrgwatchError, token: string, at: string, call: Call): Promise<boolean> {
    if (error.cause instanceof Redirection) {
      await this.#follow(error.cause.to, call.signal);
      return true;
    }
    this.#parts.log.info(`${this.#secrets.clean(error.message)} Renewing the session to ${call.purpose}.`);
    const isMoved = isRefusal(error, 'URL_NOT_RESET');
    try {
      await this.#renew(token, call);
    } catch (failure) {
      // Where nothing renews the session, what Salesforce said of the address tells more.
      if (isMoved && failure instanceof OrgwatchError && failure.code === 'SESSION_EXPIRED') return false;
      throw failure;
    }
    return !isMoved || at !== this.org.instanceUrl;
  }

  /** Renews the session, once for all requests that it has ended for: its tries and waits are not made by each of them. */
  async #renew(token: string, call: Call): Promise<void> {
    const { authorization } = this.#parts;
    await this.#shared('renewal', call.signal, async () => {
      const before = this.org.instanceUrl;
      await authorization.renew(token, () => this.#countRenewal(call));
      this.#noteMove(before);
    });
  }

  /** Moves on to another address of the org, once for all requests that are sent there. */
  async #follow(to: string, signal: AbortSignal | undefined): Promise<void> {
    if (this.org.instanceUrl === to) return;
    await this.#shared('move', signal, () => this.#move(to, signal));
  }

  /** Does what one request does for all, with the tries of the retry policy; whoever comes meanwhile waits for the same. */
  async #shared(what: Shared, signal: AbortSignal | undefined, work: () => Promise<void>): Promise<void> {
    for (;;) {
      const going = this.#going.get(what) ?? this.#retried(work, signal).finally(() => this.#going.delete(what));
      this.#going.set(what, going);
      try {
        return await going;
      } catch (error) {
        // Where only the request that began it is no longer wanted, the others go on.
        const isCancelled = error instanceof OrgwatchError && error.code === 'CANCELLED';
        if (!isCancelled || signal?.aborted) throw error;
      }
    }
  }

  async #retried(work: () => Promise<void>, signal: AbortSignal | undefined): Promise<void> {
    const { retry, clock } = this.#parts;
    for (let tried = 1; ; tried++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof OrgwatchError) || !isWorthRetrying(error)) throw error;
        const wait = retryDelay(retry, tried, null, clock.now(), Math.random());
        if (wait === undefined) throw error;
        await this.#wait(error, wait, signal);
      }
    }
  }

  /** @throws OrgwatchError ACCESS_REFUSED when what answers there is not the same org, or does not say; what passes is retryable */
  async #move(to: string, signal: AbortSignal | undefined): Promise<void> {
    const { authorization, transport } = this.#parts;
    const before = this.org.instanceUrl;
    const answer = await transport.send({
      url: new URL('/services/oauth2/userinfo', to),
      method: 'GET',
      headers: { accept: 'application/json', 'user-agent': CLIENT, authorization: `Bearer ${this.#token()}` },
      mostBytes: MOST_ANSWER_BYTES,
      signal,
    });
    const bytes = await buffer(answer.body);
    const purpose = t('say whose session it is');
    if (isPassing(answer.status)) throw refusalOf(answer.status, bytes.toString('utf8'), purpose, this.#secrets.clean);
    if (answer.status !== 200) throw notProven(to, t('status {0}', answer.status));
    const { organization_id: orgId } = recordOf(parseJson(bytes, purpose));
    if (typeof orgId !== 'string' || orgId.slice(0, 15) !== this.org.orgId.slice(0, 15)) {
      throw notProven(to, t('it answers as organization {0}', String(orgId)));
    }
    await authorization.move?.(to);
    this.#noteMove(before);
  }

  #noteMove(before: string): void {
    const { instanceUrl } = this.org;
    if (instanceUrl === before) return;
    const note = t("The org's address has changed from {0} to {1}; sf's login has the new one.", before, instanceUrl);
    this.#notes.push(note);
    this.#parts.log.warn(note);
  }

  async #countRenewal({ onCall, signal }: Call): Promise<void> {
    const metered = await this.#meter.acquire('renew the session', 1, signal, false);
    onCall?.(1);
    metered.settle();
  }
}

/** What an error body says; nothing where it is too long to be Salesforce's, or breaks off: the status tells enough. */
async function errorText(body: Incoming['body']): Promise<string> {
  try {
    return (await buffer(body, MOST_ERROR_BYTES)).toString('utf8');
  } catch (error) {
    if (error instanceof OrgwatchError && error.code === 'RESPONSE_INVALID') return '';
    throw error;
  }
}

/** A session that lacks a right is refused with the same status, but a new one would lack it too. */
function isRenewable(error: OrgwatchError): boolean {
  const { cause } = error;
  return !(cause instanceof SalesforceRefusal && /not valid for use with the (?:REST )?API/i.test(cause.message));
}

/** What passes by itself: transient errors of Salesforce, its edge and the network. What is too heavy stays so. */
function isWorthRetrying({ cause, code, retryable }: OrgwatchError): boolean {
  if (cause instanceof SalesforceRefusal && classOf(cause.errorCode) === 'too-heavy') return false;
  return retryable && code !== 'QUOTA_RESERVED' && code !== 'REQUEST_LIMIT_EXCEEDED' && code !== 'DISK_FULL';
}

/** Resources that every version of the REST API has. */
const IN_EVERY_VERSION = /^\/services\/data\/v[\d.]+\/(?:limits|composite|(?:tooling\/)?query|queryAll)\/?$/;
