import { QuotaPause } from '../org/quota.ts';
import { SalesforceRefusal } from '../org/refusal.ts';
import { OrgwatchError } from '../shared/errors.ts';
import type { Source } from '../sources/source.ts';
import type { SourceReport, SourceState, SyncReport } from './report.ts';

/** The source ends so; the others go on. */
export interface SourceVerdict {
  readonly kind: 'source';
  readonly state: SourceState;
  readonly reason: string;
  readonly actions: readonly string[];
}

/** What a source's failure means for the rest of the run. */
export type Verdict =
  | SourceVerdict
  /** No calls before this time: this source and those after it pause. */
  | { readonly kind: 'pause'; readonly until: number; readonly reason: string; readonly actions: readonly string[] }
  | { readonly kind: 'cancelled' }
  /** Nothing can go on: the run ends with this error. */
  | { readonly kind: 'fatal'; readonly error: unknown };

/**
 * @param source what was asked for: `unavailable` is only one that an org can lack, and that Salesforce says by name it
 *   does not have; whatever every org has is kept from this account
 */
export function verdictOn(error: unknown, source?: Pick<Source, 'object' | 'whenRefused'>): Verdict {
  if (!(error instanceof OrgwatchError)) return { kind: 'fatal', error };
  const { message: reason, actions } = error;
  switch (error.code) {
    case 'QUOTA_RESERVED':
    case 'REQUEST_LIMIT_EXCEEDED':
      if (!(error.cause instanceof QuotaPause)) return { kind: 'fatal', error };
      return { kind: 'pause', until: error.cause.until, reason, actions };
    case 'NOT_SUPPORTED_BY_ORG':
      return { kind: 'source', state: isNotOffered(error, source) ? 'unavailable' : 'failed', reason, actions };
    case 'PERMISSION_MISSING':
    case 'QUERY_REJECTED':
    case 'DOWNLOAD_INCOMPLETE':
    case 'SERVER_ERROR':
    case 'RESPONSE_INVALID':
    case 'LAKE_WORKER_FAILED':
      return { kind: 'source', state: 'failed', reason, actions };
    case 'CANCELLED':
      return { kind: 'cancelled' };
    default:
      return { kind: 'fatal', error };
  }
}

/** Salesforce names the object that it does not have, below the query: `sObject type 'X' is not supported`. */
function isNotOffered({ cause }: OrgwatchError, source: Pick<Source, 'object' | 'whenRefused'> | undefined): boolean {
  if (source?.whenRefused === undefined) return false;
  if (!(cause instanceof SalesforceRefusal) || !cause.errorCode.startsWith('INVALID_TYPE')) return false;
  const said = cause.message.trim().split('\n').at(-1) ?? '';
  return said.split(/\W+/).includes(source.object);
}

/** True when Salesforce refused an object: it is not there, or not for this user. */
export function isAboutAccess(error: unknown): boolean {
  return (
    error instanceof OrgwatchError && (error.code === 'NOT_SUPPORTED_BY_ORG' || error.code === 'PERMISSION_MISSING')
  );
}

/** A run is as good as its worst source; what the org does not offer is no fault of the run. */
export function outcomeOf(sources: readonly SourceReport[]): SyncReport['outcome'] {
  const has = (state: SourceState): boolean => sources.some((source) => source.state === state);
  const worst = (['cancelled', 'failed', 'paused'] as const).find(has);
  return worst ?? (has('partial') || has('limited') ? 'partial' : 'done');
}
