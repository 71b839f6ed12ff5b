import type { SessionRequest } from '../http/request.ts';
import type { Org } from '../org.ts';
import { methodNotAllowed, notFound, SalesforceError } from '../salesforce-error.ts';
import { findRoute } from './routes.ts';

/** The answer to a subrequest, as JSON text. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Answers a subrequest of a composite request with the session of the whole; it is not counted here. */
export async function answerSubrequest(org: Org, request: SessionRequest): Promise<Answer> {
  try {
    const found = findRoute(request.method, request.path);
    if ('allowed' in found)
      throw found.allowed.length > 0 ? methodNotAllowed(request.method, found.allowed) : notFound();
    if (found.route.access !== 'rest') throw notFound();
    const reply = await found.route.handle(org, request, found.groups);
    if (typeof reply.body !== 'string') throw notFound();
    return { status: reply.status, text: reply.body };
  } catch (error) {
    if (error instanceof SalesforceError) return { status: error.status, text: error.body() };
    throw error;
  }
}
