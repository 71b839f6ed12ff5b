import { t } from '@vscode/l10n';
import { cancelled } from '../shared/abort.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { unusable } from './answer-limits.ts';

/** A body that broke off or does not decompress. */
export function transferError(error: Error, signal: AbortSignal | undefined): OrgwatchError {
  if (error instanceof OrgwatchError) return error;
  if (signal?.aborted) return cancelled(bare(error));
  const corrupt = codeOf(error).startsWith('Z_DATA');
  return new OrgwatchError(
    'DOWNLOAD_INCOMPLETE',
    corrupt ? t('The answer arrived damaged: {0}.', error.message) : t('The answer broke off: {0}.', error.message),
    { retryable: true, cause: bare(error) },
  );
}

/** A request that got no answer, or none that is HTTP. */
export function unreachable(url: URL, error: Error, signal: AbortSignal | undefined): OrgwatchError {
  if (signal?.aborted) return cancelled(bare(error));
  const code = codeOf(error);
  if (code === 'HPE_HEADER_OVERFLOW') return unusable(t('{0} answers with more headers than may be.', url.origin));
  if (code.startsWith('HPE_')) return unusable(t('What {0} answers is not HTTP ({1}).', url.origin, code));
  if (isTooManyFiles(error)) return tooManyFiles(t('No connection to {0} can be opened', url.origin), error);
  return new OrgwatchError('ORG_UNREACHABLE', t('{0} does not answer: {1}.', url.origin, code || error.message), {
    actions: [
      t('Check that {0} can be reached from this machine, and the proxy settings.', url.origin),
      t('Run `sf org display` to see whether the org still has this address.'),
    ],
    retryable: true,
    cause: bare(error),
  });
}

/** Whether this process or machine has no file descriptor left, however deep that is said. */
export function isTooManyFiles(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return /^(?:EMFILE|ENFILE)$/.test(codeOf(error)) || isTooManyFiles(error.cause);
}

/** @param what what cannot be done, without a full stop */
export function tooManyFiles(what: string, error: unknown): OrgwatchError {
  return new OrgwatchError('ORG_UNREACHABLE', t('{0}: too many files are open on this machine.', what), {
    actions: [t('Close other programs, or raise the limit (`ulimit -n`), and try again.')],
    retryable: true,
    cause: error instanceof Error ? bare(error) : error,
  });
}

/** An error without what else hangs on it: Node's parser keeps the packet, jsforce the whole answer. */
export function bare(error: Error): Error {
  const code = codeOf(error);
  return Object.assign(new Error(error.message), { name: error.name }, code === '' ? {} : { code });
}

function codeOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') return code;
  const first = error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException | undefined) : undefined;
  return typeof first?.code === 'string' ? first.code : '';
}
