import { t } from '@vscode/l10n';
import { cancelled } from '../shared/abort.ts';
import { OrgwatchError } from '../shared/errors.ts';

/** A body that broke off or does not decompress. */
export function transferError(error: Error, signal: AbortSignal | undefined): OrgwatchError {
  if (error instanceof OrgwatchError) return error;
  if (signal?.aborted) return cancelled(error);
  const corrupt = codeOf(error).startsWith('Z_DATA');
  return new OrgwatchError(
    'DOWNLOAD_INCOMPLETE',
    corrupt ? t('The answer arrived damaged: {0}.', error.message) : t('The answer broke off: {0}.', error.message),
    { retryable: true, cause: error },
  );
}

/** A request that got no answer at all. */
export function unreachable(url: URL, error: Error, signal: AbortSignal | undefined): OrgwatchError {
  if (signal?.aborted) return cancelled(error);
  const why = codeOf(error) || error.message;
  return new OrgwatchError('ORG_UNREACHABLE', t('{0} does not answer: {1}.', url.origin, why), {
    actions: [
      t('Check that {0} can be reached from this machine, and the proxy settings.', url.origin),
      t('Run `sf org display` to see whether the org still has this address.'),
    ],
    retryable: true,
    cause: error,
  });
}

function codeOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') return code;
  const first = error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException | undefined) : undefined;
  return typeof first?.code === 'string' ? first.code : '';
}
