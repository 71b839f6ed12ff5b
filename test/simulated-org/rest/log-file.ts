import type { Reply } from '../http/reply.ts';
import type { SessionRequest } from '../http/request.ts';
import type { Org } from '../org.ts';
import { notFound } from '../salesforce-error.ts';
import { objectOf, recordOf } from './retrieve.ts';

/**
 * `GET /sobjects/EventLogFile/0AT…/LogFile`: the CSV, made while it is sent. The documentation's sample answers
 * `application/octetstream` (without a hyphen); other public mocks of it answer `text/csv`. What production sends today
 * is not confirmed, so a client must not depend on it.
 */
export function logFile(org: Org, request: SessionRequest, groups: readonly string[]): Reply {
  const row = recordOf(request, objectOf(request, 'EventLogFile'), groups[1]);
  const body = org.dataset.openLogFile(String(row['Id']));
  if (body === undefined) throw notFound();
  return { status: 200, contentType: 'application/octetstream', body };
}
