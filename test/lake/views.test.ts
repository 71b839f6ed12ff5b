import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { snakeCase } from '../../extension/lake/views-name.ts';
import { neededViews } from '../../extension/lake/views.ts';
import type { PublishedUnit } from '../../extension/lake/worker.ts';
import { toCsv } from './csv.ts';
import { LakeFolder, objects, published } from './lake-folder.ts';

describe('views of the lake', () => {
  let lake: LakeFolder;

  before(async () => {
    lake = await LakeFolder.make();
  });

  after(async () => {
    await lake[Symbol.asyncDispose]();
  });

  async function publish(type: string, date: string, rows: readonly (readonly string[])[]): Promise<PublishedUnit[]> {
    const input = await lake.raw(toCsv(rows));
    return published('event_log', type, await lake.worker.publish(lake.eventLog(type, date, [input])));
  }

  it('are there before anything was published', async () => {
    const names = (await lake.query('SHOW TABLES')).rows.flat();
    for (const name of ['login_history', 'setup_audit_trail', 'content_distribution', 'event_log', 'event_log_login']) {
      assert.ok(names.includes(name), name);
      assert.deepEqual((await lake.query(`FROM ${name}`)).rows, []);
    }
    const { columns } = await lake.query(
      'SELECT LoginTime, SourceIp, Status, LoginGeo_City, event_date FROM login_history',
    );
    assert.deepEqual(
      columns.map(({ type }) => type),
      ['TIMESTAMP', 'VARCHAR', 'VARCHAR', 'VARCHAR', 'DATE'],
    );
  });

  it('show what all event types have in common, whatever their columns', async () => {
    const units = [
      ...(await publish('Login', '2026-11-01', [
        ['EVENT_TYPE', 'TIMESTAMP', 'USER_ID', 'USER_NAME', 'SOURCE_IP', 'RUN_TIME'],
        ['Login', '20261101000001.000', '00530000009M943', 'a@x', '192.0.2.1', '12'],
      ])),
      ...(await publish('Änderung & mehr', '2026-11-02', [
        ['URI', 'CLIENT_IP', 'USER_ID_DERIVED', 'WHAT'],
        ['/x', 'Salesforce.com IP', '00530000009M943AAC', 'y'],
      ])),
    ];
    const select = 'event_type, event_time, event_date, user_id, user_name, client_ip, run_time, uri';
    assert.deepEqual(objects(await lake.query(`SELECT ${select} FROM event_log ORDER BY ALL`, units)), [
      {
        event_type: 'Login',
        event_time: '2026-11-01T00:00:01.000Z',
        event_date: '2026-11-01',
        user_id: '00530000009M943AAC',
        user_name: 'a@x',
        client_ip: '192.0.2.1',
        run_time: 12,
        uri: null,
      },
      {
        event_type: 'Änderung & mehr',
        event_time: '2026-11-02T00:00:00.000Z',
        event_date: '2026-11-02',
        user_id: '00530000009M943AAC',
        user_name: null,
        client_ip: 'Salesforce.com IP',
        run_time: null,
        uri: '/x',
      },
    ]);
    assert.deepEqual(objects(await lake.query('SELECT WHAT, event_type FROM event_log_nderung_mehr', units)), [
      { WHAT: 'y', event_type: 'Änderung & mehr' },
    ]);
  });

  it('survive columns that come, go and change their type', async () => {
    const typed = await lake.raw(
      toCsv([
        ['N', 'OLD'],
        ['1', 'o'],
      ]),
    );
    const first = published(
      'event_log',
      'Drift',
      await lake.worker.publish(
        lake.eventLog('Drift', '2026-11-01', [{ ...typed, fieldNames: 'N,OLD', fieldTypes: 'Number,String' }]),
      ),
    );
    const units = [
      ...first,
      ...(await publish('Drift', '2026-11-02', [
        ['n', 'NEW'],
        ['two', 'w'],
      ])),
    ];
    assert.deepEqual(objects(await lake.query('SELECT N, OLD, NEW FROM event_log_drift ORDER BY event_date', units)), [
      { N: '1.0', OLD: 'o', NEW: null },
      { N: 'two', OLD: null, NEW: 'w' },
    ]);
  });

  it('pass over the files of other dates without opening them', async () => {
    const units = await publish('Login', '2026-11-01', [['N'], ['1']]);
    const [unit] = units;
    assert.ok(unit);
    const broken = { ...unit, eventDate: '2026-11-02', path: unit.path.replace('2026-11-01', '2026-11-02') };
    await mkdir(path.dirname(broken.path), { recursive: true });
    await writeFile(broken.path, 'not Parquet');
    const sql = "SELECT N FROM event_log_login WHERE event_date = '2026-11-01'";
    assert.deepEqual((await lake.query(sql, [unit, broken])).rows, [['1']]);
    await assert.rejects(lake.query('SELECT N FROM event_log_login', [unit, broken]), { code: 'SQL_FAILED' });
  });

  it('are found in a folder of any name', async () => {
    for (const name of ['a [b] *?', "it's {x}", 'ü=1/event_date=2020-01-01', '%41 #$', '"~"']) {
      const folder = path.join(lake.folder, name);
      await mkdir(folder, { recursive: true });
      await using other = new LakeFolder(folder);
      const input = await other.raw(toCsv([['N'], ['1']]));
      const page = await other.raw('{"records":[{"Id":"x","LoginTime":"2026-11-01T00:00:00.000Z"}]}');
      const events = await other.worker.publish(other.eventLog('Login', '2026-11-01', [input]));
      const columns = [{ name: 'Id', type: 'text' }] as const;
      const records = await other.worker.publish(
        other.records('login_history', { inputs: [page], key: ['Id'], timeColumn: 'LoginTime', columns }),
      );
      const units = [...published('event_log', 'Login', events), ...published('login_history', null, records)];
      const sql = 'SELECT N, e.event_type, e.event_date, Id, l.event_date FROM event_log_login e, login_history l';
      assert.deepEqual((await other.query(sql, units)).rows, [['1', 'Login', '2026-11-01', 'x', '2026-11-01']], name);
    }
  });

  it('see a replaced file at once', async () => {
    const before = await publish('Login', '2026-11-05', [['N'], ['1']]);
    assert.deepEqual((await lake.query('SELECT N FROM event_log_login', before)).rows, [['1']]);
    const again = await publish('Login', '2026-11-05', [['N'], ['2']]);
    assert.deepEqual((await lake.query('SELECT N FROM event_log_login', again)).rows, [['2']]);
  });

  it('mark rows that are the same in every column of one file, and show what is in quarantine', async () => {
    const header = ['EVENT_TYPE', 'TIMESTAMP', 'URI'];
    const row = ['Login', '20261103000001.000', '/same'];
    const units = await publish('Login', '2026-11-03', [
      header,
      row,
      row,
      ['Login', '20261103000001.000', '/other'],
      row,
      ['Login', '20261103000002.000', '/too', 'wide'],
    ]);
    for (const view of ['event_log', 'event_log_login']) {
      const rows = await lake.query(`SELECT uri, _duplicate, count(*) FROM ${view} GROUP BY ALL ORDER BY ALL`, units);
      assert.deepEqual(rows.rows, [
        ['/other', false, 1],
        ['/same', false, 1],
        ['/same', true, 2],
      ]);
    }
    const kept = 'SELECT source, event_type, event_date::VARCHAR, error, text FROM quarantine';
    assert.deepEqual((await lake.query(kept, units)).rows, [
      ['event_log', 'Login', '2026-11-03', 'TOO MANY COLUMNS', (await lake.query(kept, units)).rows[0]?.[4]],
    ]);
    assert.match(String((await lake.query(kept, units)).rows[0]?.[4]), /wide/);
    assert.deepEqual((await lake.query('FROM quarantine')).rows, []);
  });

  it('are made only where a statement needs them', () => {
    const names = (sql: string) =>
      neededViews({
        sql,
        units: [],
        views: [
          { name: 'mine', sql: 'SELECT * FROM login_history' },
          { name: 'ours', sql: 'SELECT * FROM "mine" JOIN event_log USING (event_key)' },
        ],
      }).map(({ name }) => name);
    assert.deepEqual(names('SELECT 1'), []);
    assert.deepEqual(names('select * from EVENT_LOG_LOGIN'), ['event_log_login']);
    assert.deepEqual(names('FROM mine'), ['login_history', 'mine']);
    assert.deepEqual(names('FROM "ours"'), ['login_history', 'event_log', 'mine', 'ours']);
    assert.ok(names('SHOW TABLES').length > 15);
    assert.ok(names('SELECT * FROM duckdb_views()').length > 15);
  });

  it('have names of letters, digits and underscores', () => {
    for (const [type, name] of [
      ['ApiTotalUsage', 'api_total_usage'],
      ['URI', 'uri'],
      ['RestApi', 'rest_api'],
      ['UITelemetryNavigationTiming', 'ui_telemetry_navigation_timing'],
      ['BulkApi2', 'bulk_api2'],
      ['LightningPageView', 'lightning_page_view'],
      ['a"; DROP VIEW b; --', 'a_drop_view_b'],
      ['日本', 'unnamed'],
    ] as const) {
      assert.equal(snakeCase(type), name);
    }
    const unit = { source: 'event_log', eventDate: '2026-11-01', path: '/x', columns: {} };
    const names = neededViews({
      sql: 'SHOW TABLES',
      units: ['RestAPI', 'RestApi', '日本', '한국'].map((eventType) => ({ ...unit, eventType })),
    }).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
  });
});
