import { t } from '@vscode/l10n';
import { setTimeout as delay } from 'node:timers/promises';
import { OrgwatchError } from './errors.ts';

/** The error of everything that ended because its caller asked for it. */
export function cancelled(cause?: unknown): OrgwatchError {
  return new OrgwatchError('CANCELLED', t('Cancelled.'), cause === undefined ? {} : { cause });
}

/** @throws OrgwatchError CANCELLED when the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled(signal.reason);
}

/** Waits `ms` milliseconds. @throws OrgwatchError CANCELLED as soon as the signal is aborted. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  throwIfCancelled(signal);
  try {
    await delay(ms, undefined, signal ? { signal } : {});
  } catch (error) {
    throw cancelled(error);
  }
}
