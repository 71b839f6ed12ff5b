/** What can go wrong, as a closed list: callers switch on these, never on message text. */
export type ErrorCode =
  | 'ORG_UNKNOWN'
  | 'ORG_UNREACHABLE'
  | 'SESSION_EXPIRED'
  | 'API_DISABLED'
  | 'ACCESS_REFUSED'
  | 'PERMISSION_MISSING'
  | 'NOT_SUPPORTED_BY_ORG'
  | 'QUERY_REJECTED'
  | 'REQUEST_LIMIT_EXCEEDED'
  | 'QUOTA_RESERVED'
  | 'SERVER_ERROR'
  | 'RESPONSE_INVALID'
  | 'DOWNLOAD_INCOMPLETE'
  | 'INSECURE_URL'
  | 'DATA_FOLDER_DENIED'
  | 'DISK_FULL'
  | 'UNSAFE_PATH'
  | 'LAKE_NOT_TRUSTED'
  | 'LEDGER_CORRUPT'
  | 'LEDGER_NEWER'
  | 'LEDGER_UNREAD'
  | 'LAKE_WORKER_FAILED'
  | 'SQL_REJECTED'
  | 'SQL_FAILED'
  | 'BUSY'
  | 'CANCELLED'
  | 'USAGE'
  | 'INTERNAL';

export interface OrgwatchErrorOptions {
  /** What the reader can do next, most useful first; each a whole sentence or a command. */
  readonly actions?: readonly string[];
  /** True when the same call may succeed later without anybody changing anything. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/** The one error type of Orgwatch. `message` is one line, without secrets. */
export class OrgwatchError extends Error {
  override readonly name = 'OrgwatchError';
  readonly code: ErrorCode;
  readonly actions: readonly string[];
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: OrgwatchErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.actions = options.actions ?? [];
    this.retryable = options.retryable ?? false;
  }
}

/** What whatever was thrown says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
