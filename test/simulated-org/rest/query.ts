import { json, type Reply } from '../http/reply.ts';
import type { SessionRequest } from '../http/request.ts';
import type { Org } from '../org.ts';
import { SalesforceError } from '../salesforce-error.ts';
import { columnsBody } from '../soql/columns.ts';
import { runQuery, type QueryResult } from '../soql/execute.ts';
import type { OpenQuery } from './locators.ts';

const LARGEST_PAGE = 2000;
const SMALLEST_PAGE = 200;

/** `GET /query?q=` and `GET /queryAll?q=`. */
export function query(org: Org, request: SessionRequest, all: boolean): Reply {
  const result = run(request, 'data', all);
  if (request.query.get('columns') === 'true') return json(columnsBody(result.object, result.columns));
  return firstPage(org, request, result, false);
}

/** `GET /tooling/query?q=`. */
export function toolingQuery(org: Org, request: SessionRequest): Reply {
  const result = run(request, 'tooling', false);
  if (request.query.get('columns') === 'true') return json(columnsBody(result.object, result.columns));
  return firstPage(org, request, result, true);
}

/** `GET /query/0r8…-2000`: what follows. Any batch size may be asked for, page by page. */
export function nextPage(org: Org, request: SessionRequest, groups: readonly string[]): Reply {
  const match = /^(0r8\w{15})-(\d+)$/.exec(groups[1] ?? '');
  const open = match === null ? undefined : org.locators.find(match[1] as string);
  const start = Number(match?.[2]);
  if (match === null || open?.userId !== request.viewer.caller.userId || start > open.totalSize) {
    throw new SalesforceError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  }
  return json(page(request, open, match[1] as string, start, undefined));
}

function run(request: SessionRequest, api: 'data' | 'tooling', all: boolean): QueryResult {
  const soql = request.query.get('q');
  if (soql === null || soql.trim() === '') {
    throw new SalesforceError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  }
  return runQuery(request.viewer, soql, { api, all });
}

function firstPage(org: Org, request: SessionRequest, result: QueryResult, tooling: boolean): Reply {
  const mostOnPage = result.object.paging?.page;
  const fits = result.size <= pageSize(request, mostOnPage);
  if (!fits && result.aggregate) {
    throw new SalesforceError(
      400,
      'EXCEEDED_ID_LIMIT',
      'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
    );
  }
  const open: OpenQuery = {
    userId: request.viewer.caller.userId,
    tooling,
    totalSize: result.totalSize,
    size: result.size,
    pageSize: mostOnPage,
    records: result.records,
  };
  const locator = fits ? '' : org.locators.keep(open);
  return json(page(request, open, locator, 0, result.object.name));
}

/** JSON text of one page. The Tooling API's has `size`, `queryLocator` and `entityTypeName` besides. */
function page(
  request: SessionRequest,
  open: OpenQuery,
  locator: string,
  start: number,
  entityTypeName: string | undefined,
): string {
  const end = Math.min(start + pageSize(request, open.pageSize), open.size);
  const done = end >= open.size;
  const place = open.tooling ? 'tooling/query' : 'query';
  const next = done ? undefined : `/services/data/v${request.viewer.apiVersion}.0/${place}/${locator}-${end}`;
  const head = open.tooling
    ? {
        size: end - start,
        totalSize: open.totalSize,
        done,
        ...(next === undefined ? {} : { nextRecordsUrl: next }),
        queryLocator: next === undefined ? null : `${locator}-${end}`,
        entityTypeName: entityTypeName ?? null,
      }
    : { totalSize: open.totalSize, done, ...(next === undefined ? {} : { nextRecordsUrl: next }) };
  return `${JSON.stringify(head).slice(0, -1)},"records":${open.records(start, end)}}`;
}

/** `Sforce-Query-Options: batchSize=500`, kept within 200 and 2,000; some objects have smaller pages. */
function pageSize(request: SessionRequest, most = LARGEST_PAGE): number {
  const wanted = /batchSize\s*=\s*(\d+)/i.exec(String(request.headers['sforce-query-options'] ?? ''))?.[1];
  if (wanted === undefined) return most;
  return Math.min(most, Math.max(SMALLEST_PAGE, Number(wanted)));
}
