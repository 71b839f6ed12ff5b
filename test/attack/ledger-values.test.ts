import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { insightViews } from '../../extension/insights/views.ts';
import { readLedger } from '../../extension/lake/ledger.ts';
import { neededViews } from '../../extension/lake/views.ts';
import { OrgwatchError } from '../../extension/shared/errors.ts';
import { checkLake } from '../../extension/sync/check.ts';
import { overview } from '../../extension/sync/overview.ts';
import { status } from '../../extension/sync/status.ts';
import { HostileLake, ORG } from './hostile-lake.ts';

const UNIT = `INSERT INTO units (source, event_type, event_date, part, path, rows, bytes, event_from, event_to, columns,
  misfits, quarantined, published_at) VALUES ('event_log', 'Login', '2026-11-24', 'day',
  'lake/event_log/event_type=Login/event_date=2026-11-24/day.parquet', ?, 1, ?, ?, ?, 0, 0, 1)`;
const RUN = `INSERT INTO source_runs (run_id, source, state, ended_at, actions, why) VALUES (1, 'event_log', 'done', ?, ?, ?)`;

/** Each is a row that SQLite takes, in a ledger that is sound to it. */
const ROWS: readonly (readonly [sql: string, ...values: (string | number | bigint | null)[]])[] = [
  [UNIT, 2n ** 60n, 1, 2, '{}'],
  [UNIT, 1, 8_640_000_000_000_001, 2 ** 53 - 1, '{}'],
  [UNIT, -1, -8_640_000_000_000_001, -(2 ** 53), '{}'],
  ...['5', 'null', '[]', '[null]', '{"x":5}', '{"x":null}', '{"x":{"y":[]}}', '{', '"x"'].map(
    (columns) => [UNIT, 1, 1, 2, columns] as const,
  ),
  [RUN, 2 ** 53 - 1, '[]', null],
  ...['5', 'null', '[null]', '[{}]', '{}', '"x"', '['].map((actions) => [RUN, 1, actions, null] as const),
  ...['5', 'null', '[]', '{', '{"because":5}', '{"because":"lacking"}', '{"because":"lacking","permissions":5}'].map(
    (why) => [RUN, 1, '[]', why] as const,
  ),
];

describe('values in a ledger that no Orgwatch has written', () => {
  for (const [sql, ...values] of ROWS) {
    const row = values.map((value) => (typeof value === 'bigint' ? String(value) : JSON.stringify(value))).join(', ');
    it(`are passed over, or told as damage: ${row}`, async () => {
      await using lake = await HostileLake.make();
      lake.ledger(['INSERT INTO runs (id, started_at) VALUES (1, 1)'], [sql, ...values]);
      const orDamage = (error: unknown): void => {
        assert.ok(error instanceof OrgwatchError && error.code === 'LEDGER_CORRUPT', String(error));
      };
      await status(lake.dataDir).catch(orDamage);
      for (const found of overview(lake.dataDir)) if ('error' in found) orDamage(found.error);
      try {
        using ledger = readLedger(lake.dataDir, ORG);
        neededViews({ sql: 'SHOW TABLES', units: ledger.units.published(), views: insightViews });
      } catch (error) {
        orDamage(error);
      }
      await checkLake({ dataDir: lake.dataDir, orgId: ORG });
    });
  }
});
