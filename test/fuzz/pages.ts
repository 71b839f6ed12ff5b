import assert from 'node:assert/strict';
import { readListed } from '../../extension/sync/read-listing.ts';
import { readPageFacts } from '../../extension/sync/read-page.ts';
import { DAY } from '../../extension/shared/utc.ts';
import type { LakeFolder } from '../lake/lake-folder.ts';
import type { Random } from './random.ts';

const NOW = Date.parse('2026-11-24T12:00:00.000Z');
const VALUES = [
  ...['null', '1', '-1.5', '1e400', 'true', '""', '"a"', '"\\ud800"', '"\\u0000"', '[]', '[1]', '{}', '{"A":"x"}'],
  ...['"2026-11-24T05:30:00.000+0000"', '"2026-11-23T05:30:00.000Z"', '"0001-01-01T00:00:00.000Z"'],
  ...['"+012026-11-24T05:30:00.000Z"', '"Tue, 24 Nov 2026 05:30:00 GMT"', '"2026-11-24"', '"2100-01-01T00:00:00Z"'],
  ...['"0AT000000000001AAA"', '"0AT000000000002AAA"', '"Hourly"', '"../../x"'],
] as const;
const FIELDS = ['Id', 'T', 'X', 'G', '__proto__', 'constructor', 'LogDate', 'CreatedDate', 'EventType'] as const;

/** The entries of a page, as JSON. */
export function anyEntries(random: Random): string[] {
  return random.times(6, () => {
    if (random.below(5) === 0) return random.pick(VALUES);
    const fields = random.times(
      6,
      () => `"${random.pick(FIELDS)}":${random.pick(VALUES as unknown as readonly [string])}`,
    );
    return `{"Id":"${String(random.below(4))}"${fields.map((field) => `,${field}`).join('')}}`;
  });
}

/** A page leads no pull astray, and a list no download. */
export function checkEntries(entries: readonly string[]): void {
  const page = entries.map((entry): unknown => JSON.parse(entry));
  const reached = { time: NOW - DAY, id: 'a' };
  const facts = readPageFacts(page, { key: ['Id'], timeField: 'T' }, reached, null, NOW);
  assert.ok(facts.position && facts.position.time >= reached.time && facts.position.time <= NOW);
  assert.ok(facts.from <= facts.to && facts.from >= Date.UTC(2000, 0, 1) && facts.to < Date.UTC(2100, 0, 1));
  assert.equal(facts.keyed.length, page.length);
  for (const entry of page) {
    const { file } = readListed('event_log', entry);
    if (file) assert.match(file.eventDate, /^20\d\d-\d\d-\d\d$/);
  }
}

/** Each entry of a page is a row of its dates or in quarantine; the proof counts the same. */
export async function checkPublishedPage(entries: readonly string[], lake: LakeFolder, source: string): Promise<void> {
  const page = entries.map((entry): unknown => JSON.parse(entry));
  const { from, to } = readPageFacts(page, { key: ['Id'], timeField: 'T' }, null, NOW - DAY, NOW);
  const raw = await lake.raw(`{"records":[${entries.join(',')}]}`);
  const job = lake.records(source, {
    inputs: [{ ...raw, entries: entries.length, span: { from, to } }],
    key: ['Id'],
    timeColumn: 'T',
    columns: (['Id', 'T', 'X', 'G.A'] as const).map((name) => ({ name, type: name === 'T' ? 'timestamp' : 'text' })),
  });
  const { units } = await lake.worker.publish(job);
  const counted = await lake.worker.count(job);
  for (const { eventDate, rows, quarantined } of units) {
    assert.deepEqual([rows, quarantined], [counted.events[eventDate] ?? 0, counted.quarantined[eventDate] ?? 0]);
  }
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  assert.equal(sum(units.map(({ rows }) => rows)), sum(Object.values(counted.events)));
  assert.equal(sum(units.map(({ quarantined }) => quarantined)), sum(Object.values(counted.quarantined)));
}
