import { t } from '@vscode/l10n';
import type { Door } from '../org/door.ts';
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

export interface AskOptions {
  readonly purpose: string;
  readonly signal?: AbortSignal | undefined;
}

/** Salesforce allows five queries in one composite request, among 25 subrequests in all. */
const QUERIES_A_REQUEST = 5;

/** One question: a SOQL query, or the path of a resource below `/services/data/v66.0` that is none. */
export type Question = { readonly name: string } & ({ readonly soql: string } | { readonly path: string });

/** Puts questions into as few requests as they fit in, in their order; what is no query goes with the first. */
export function inRequests(questions: readonly Question[]): readonly (readonly Question[])[] {
  const others = questions.filter((question) => 'path' in question);
  const queries = questions.filter((question) => 'soql' in question);
  const requests = Array.from({ length: Math.max(1, Math.ceil(queries.length / QUERIES_A_REQUEST)) }, (_, number) =>
    queries.slice(number * QUERIES_A_REQUEST, (number + 1) * QUERIES_A_REQUEST),
  );
  return requests.map((request, number): readonly Question[] => (number === 0 ? [...others, ...request] : request));
}

/**
 * Asks up to five queries, and what is no query, in one counted call; each is answered or refused by itself.
 * Source: REST API Developer Guide, "Send Multiple Requests Using Composite".
 */
export async function askTogether(
  door: Door,
  questions: readonly Question[],
  options: AskOptions,
): Promise<ReadonlyMap<string, Answer<unknown>>> {
  const root = `/services/data/v${door.apiVersion}`;
  const compositeRequest = questions.map((question, index) => ({
    method: 'GET',
    url: root + ('soql' in question ? `/query/?q=${encodeURIComponent(question.soql)}` : question.path),
    referenceId: reference(index),
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
    const parts = new Map(response.body.compositeResponse.map((part) => [part.referenceId, part]));
    return new Map(questions.map(({ name }, index) => [name, read(parts.get(reference(index)))]));
  } catch (error) {
    const refused = refusedByDoor(error);
    return new Map(questions.map(({ name }) => [name, { refused }]));
  }
}

function read(part: CompositeResponse['compositeResponse'][number] | undefined): Answer<unknown> {
  if (part === undefined) {
    return { refused: { code: 'RESPONSE_INVALID', reason: t('no answer to this part of the request') } };
  }
  if (part.httpStatusCode === 200) return { value: part.body };
  return { refused: refusedInComposite(part.httpStatusCode, part.body) };
}

/** A reference id is made of letters, digits and underscores, and starts with a letter. */
function reference(index: number): string {
  return `question${index}`;
}
