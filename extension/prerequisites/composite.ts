import type { Door } from '../org/door.ts';
import { OrgwatchError } from '../shared/errors.ts';
import type { Answer } from './answers.ts';
import { refusedByDoor, refusedInComposite } from './refusal.ts';

interface CompositeResponse {
  readonly compositeResponse: readonly {
    readonly referenceId: string;
    readonly httpStatusCode: number;
    readonly body: unknown;
  }[];
}

export interface QueryResult {
  readonly totalSize: number;
  readonly records: readonly Record<string, unknown>[];
}

/** Salesforce allows five queries in one composite request. */
const MAX_QUERIES = 5;

/**
 * Asks up to five SOQL queries in one counted call, each answered or refused by itself.
 * Source: REST API Developer Guide, "Send Multiple Requests Using Composite".
 */
export async function askQueries<K extends string>(
  door: Door,
  queries: Readonly<Record<K, string>>,
  options: { readonly purpose: string; readonly signal?: AbortSignal | undefined },
): Promise<Record<K, Answer<QueryResult>>> {
  const names = Object.keys(queries) as K[];
  if (names.length > MAX_QUERIES) {
    throw new OrgwatchError('INTERNAL', `A composite request takes ${MAX_QUERIES} queries, not ${names.length}.`);
  }
  const version = door.apiVersion;
  const compositeRequest = names.map((name) => ({
    method: 'GET',
    url: `/services/data/v${version}/query/?q=${encodeURIComponent(queries[name])}`,
    referenceId: name,
  }));
  try {
    const response = await door.json<CompositeResponse>({
      method: 'POST',
      path: '/services/data/v{v}/composite',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ allOrNone: false, compositeRequest }),
      purpose: options.purpose,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const byName = new Map(response.body.compositeResponse.map((part) => [part.referenceId, part]));
    return fill(names, (name) => {
      const part = byName.get(name);
      if (part === undefined) {
        return { refused: { code: 'RESPONSE_INVALID', reason: 'no answer to this part of the request' } };
      }
      return part.httpStatusCode === 200
        ? { value: part.body as QueryResult }
        : { refused: refusedInComposite(part.httpStatusCode, part.body) };
    });
  } catch (error) {
    const refused = refusedByDoor(error);
    return fill(names, () => ({ refused }));
  }
}

function fill<K extends string, T>(names: readonly K[], value: (name: K) => T): Record<K, T> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<K, T>;
}
