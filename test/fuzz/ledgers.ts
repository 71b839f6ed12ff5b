import { readFile, writeFile } from 'node:fs/promises';
import { openLedger } from '../../extension/lake/ledger.ts';
import { OrgwatchError } from '../../extension/shared/errors.ts';
import type { Random } from './random.ts';

const ORG_ID = '00D000000000001EAA';

/** The bytes of a ledger with something in it. */
export async function soundLedger(dataDir: string): Promise<{ readonly file: string; readonly bytes: Buffer }> {
  const file = fill(dataDir);
  return { file, bytes: await readFile(file) };
}

function fill(dataDir: string): string {
  using ledger = openLedger(dataDir, ORG_ID);
  ledger.transaction(() => {
    for (let index = 0; index < 50; index++) ledger.windows.add('login_history', index, index + 1);
    ledger.windows.advance('login_history', { time: 1, id: 'a' });
  });
  return ledger.paths.ledger;
}

/** A ledger with flipped bits or a zeroed span is read, or refused with an error of ours. */
export async function checkLedger(
  dataDir: string,
  { file, bytes }: { readonly file: string; readonly bytes: Buffer },
  random: Random,
): Promise<void> {
  const damaged = Buffer.from(bytes);
  const from = random.below(damaged.length);
  if (random.below(2) === 0) damaged.fill(0, from, Math.min(damaged.length, from + 1 + random.below(8192)));
  else damaged[from] = (damaged[from] ?? 0) ^ (1 << random.below(8));
  await writeFile(file, damaged);
  try {
    using ledger = openLedger(dataDir, ORG_ID);
    ledger.windows.open('login_history');
    ledger.units.totals('login_history');
  } catch (error) {
    if (!(error instanceof OrgwatchError)) throw error;
  }
}
