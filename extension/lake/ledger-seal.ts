import { t } from '@vscode/l10n';
import { createHash } from 'node:crypto';
import { OrgwatchError } from '../shared/errors.ts';

type Value = string | number | null;

/**
 * What a row said when it was written, so that a bit which flips later is noticed: SQLite takes another number in a sound
 * page for what was stored, and a cursor that stands in the wrong place loses events without a word.
 */
export function sealOf(...values: readonly Value[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}

/**
 * Rows of ledgers from before there were seals have none.
 * @throws OrgwatchError LEDGER_CORRUPT when a row no longer says what it said when it was written
 */
export function requireSeal(source: string, seal: unknown, ...values: readonly Value[]): void {
  if (seal === null || seal === sealOf(...values)) return;
  throw new OrgwatchError(
    'LEDGER_CORRUPT',
    t('The ledger was changed on disk: it no longer says reliably how far {0} is synced.', source),
    {
      actions: [t('Run `orgwatch repair`: it rebuilds the ledger from the files that are there.')],
    },
  );
}
