import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { config } from '@vscode/l10n';
import { after, before, describe, it } from 'mocha';
import { overview } from '../../extension/sync/overview.ts';
import { copyOf, WANTED } from './damaged-lake.ts';
import { orgAndLake } from './org-and-lake.ts';

const bundle = readFileSync(path.join(import.meta.dirname, '../../l10n/bundle.l10n.ja.json'), 'utf8');
const JAPANESE = /\p{Script=Hiragana}/u;
/** Four English words in a row: names are shorter. */
const ENGLISH = /\b(?:[a-z]+,? ){3}[a-z]+\b/;

function assertJapanese(text: string): void {
  assert.match(text, JAPANESE);
  assert.doesNotMatch(text, ENGLISH);
}

describe('in a Japanese VS Code', () => {
  before(() => config({ contents: bundle }));
  after(() => config({ contents: {} }));

  it('Check and Repair say in Japanese what they found, and why they did what they did', async () => {
    await using lab = await orgAndLake({ scenario: 'shield', scale: 0.02 });
    await lab.sync({ eventTypes: WANTED });
    await using lake = await copyOf(lab);
    const [snapshot = ''] = await lake.files('raw/user_snapshot', /\.zst$/);
    const [first = ''] = await lake.files('lake/setup_audit_trail', /parquet$/);
    const lost = lake.eventLogUnits().find(({ unit }) => unit.part === 'day');
    assert.ok(lost);
    await lake.remove(snapshot);
    await lake.forgePage();
    await lake.remove(lost.file);
    for (const raw of lost.raw.filter((file) => /\/day-/.test(file))) await lake.remove(raw);
    for (const file of [path.join(path.dirname(first), 'stranger.parquet'), 'raw/notes.txt'])
      await writeFile(path.join(lake.folder, file), 'who?', { mode: 0o600 });
    const { findings } = await lake.check();
    const { left, setAside } = await lake.repair();
    assert.deepEqual([...new Set(left.map(({ kind }) => kind))].sort(), [
      'lake-damaged',
      'raw-missing',
      'raw-unknown',
      'rows-differ',
    ]);
    assert.equal(setAside.length, 1);
    const said = [...findings, ...left].map(({ detail }) => detail).concat(setAside.map(({ why }) => why));
    said.forEach(assertJapanese);
  });

  it('why a source has nothing is told in Japanese, though it was synced in English', async () => {
    await using both = await orgAndLake({ scenario: 'fresh' });
    config({ contents: {} });
    for (const sync of ['first', 'second']) assert.equal((await both.sync()).outcome, 'failed', sync);
    const inEnglish = overview(both.dataDir, { stateDir: both.stateDir });
    config({ contents: bundle });
    const inJapanese = overview(both.dataDir, { stateDir: both.stateDir });
    const [english, japanese] = [inEnglish, inJapanese].map(([found]) => {
      assert.ok(found && 'lake' in found);
      const { runs, status } = found.lake;
      return [...runs.flatMap(({ sources }) => sources), ...status.sources].flatMap((source) => [
        ...(source.reason === null ? [] : [source.reason]),
        ...('actions' in source ? source.actions : []),
      ]);
    });
    for (const said of [
      /^Today's snapshot was taken/,
      /^This user lacks/,
      /switched off in this org/,
      /^Run `orgwatch/,
    ])
      assert.ok(english?.some((text) => said.test(text)));
    assert.equal(japanese?.length, english?.length);
    japanese?.forEach(assertJapanese);
  });
});
