import { t } from '@vscode/l10n';
import type { Ledger } from '../lake/ledger.ts';
import type { Clock } from '../shared/clock.ts';
import { messageOf, OrgwatchError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';

const HEARTBEAT_MS = 10_000;

/** The right to sync one org, held until disposed of. */
export interface HeldLease extends Disposable {
  /** Aborted when the lease was lost: this process slept so long that another took it for dead. */
  readonly lost: AbortSignal;
}

/** @throws OrgwatchError BUSY, with who syncs */
export function holdLease(ledger: Ledger, clock: Clock, log: Log): HeldLease {
  const result = ledger.transaction(() => ledger.lease.acquire(clock.now()));
  if ('holder' in result) throw busy(result.holder);
  const { token } = result;
  const lost = new AbortController();
  const beat = setInterval(() => {
    const held = quietly(() => ledger.lease.heartbeat(token, clock.now()));
    if (held === false) lost.abort(lostLease());
  }, HEARTBEAT_MS);
  beat.unref();
  // Where neither can be written, on a full disk, the lease ends by going stale.
  const quietly = <T>(work: () => T): T | undefined => {
    try {
      return ledger.transaction(work);
    } catch (error) {
      log.warn(`The lease could not be noted: ${messageOf(error)}`);
      return undefined;
    }
  };
  return {
    lost: lost.signal,
    [Symbol.dispose]: () => {
      clearInterval(beat);
      quietly(() => ledger.lease.release(token));
    },
  };
}

export function describeHolder(holder: { pid: number; host: string; acquiredAt: number }): string {
  return t('process {0} on {1}, since {2}', String(holder.pid), holder.host, new Date(holder.acquiredAt).toISOString());
}

function busy(holder: { pid: number; host: string; acquiredAt: number }): OrgwatchError {
  return new OrgwatchError('BUSY', t('This org is being synced already: {0}.', describeHolder(holder)), {
    actions: [t('Wait until it has ended; `orgwatch status` shows how far it is.')],
    retryable: true,
  });
}

function lostLease(): OrgwatchError {
  return new OrgwatchError('BUSY', t('This sync was away for so long that another one took over.'), {
    actions: [t('Run it again when the other one has ended.')],
    retryable: true,
  });
}
