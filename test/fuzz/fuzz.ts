import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { LakeFolder } from '../lake/lake-folder.ts';
import { anyCsv, checkCsv, checkPublished } from './csv.ts';
import { checkLedger, soundLedger } from './ledgers.ts';
import { anyEntries, checkEntries, checkPublishedPage } from './pages.ts';
import { Random } from './random.ts';

/**
 * Runs so many inputs, three fifths CSV, three tenths pages and lists, one tenth ledgers; of CSV and pages one in thirty
 * goes through DuckDB. @throws AssertionError, with the input, for the first that does not hold
 */
export async function fuzz(runs: number, seed: number): Promise<void> {
  const random = new Random(seed);
  const outside = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-fuzz-'));
  await using lake = new LakeFolder(path.join(outside, 'lake'));
  try {
    const dataDir = path.join(outside, 'ledgers');
    const ledger = await soundLedger(dataDir);
    for (let run = 0; run < runs; run++) {
      const kind = run % 10;
      const throughDuckDb = run % 300 < 10;
      if (kind < 6) {
        const bytes = anyCsv(random);
        await holding(bytes.toString('latin1'), seed, async () => {
          checkCsv(bytes, random);
          if (throughDuckDb) await checkPublished(bytes, lake);
        });
      } else if (kind < 9) {
        const entries = anyEntries(random);
        await holding(entries.join(), seed, async () => {
          checkEntries(entries);
          if (throughDuckDb) await checkPublishedPage(entries, lake, `fuzz${String(run)}`);
        });
      } else await checkLedger(dataDir, ledger, random);
    }
    const own = ['lake', 'lake-scratch', 'ledgers'];
    assert.deepEqual((await readdir(outside)).sort(), own, 'something was written outside');
  } finally {
    await rm(outside, { recursive: true, force: true });
  }
}

async function holding(input: string, seed: number, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    throw new Error(`Seed ${String(seed)}, input ${JSON.stringify(input)}`, { cause: error });
  }
}
