import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import type { Row } from '../model.ts';
import { isValidId, readLogFiles, sample } from './support/sample.ts';
import type { LogFile, Sample } from './support/sample.ts';

const FREE = [
  'ApexUnexpectedException',
  'ApiTotalUsage',
  'CorsViolation',
  'CspViolation',
  'HostnameRedirects',
  'InsecureExternalAssets',
  'Login',
  'Logout',
];

describe('simulated org: event log files', function () {
  this.timeout(180_000);
  let org: Sample;
  let rows: readonly Row[];
  let files: LogFile[];
  before(async () => {
    org = sample();
    rows = org.dataset.eventLogFiles(org.clock.now);
    files = await readLogFiles(org.dataset, rows);
  });

  const cells = (type: string, column: string): string[] =>
    files
      .filter((file) => file.row['EventType'] === type)
      .flatMap((file) => file.rows.map((row) => row[file.header.indexOf(column)] ?? ''));

  it('cover at least 20 types, all free ones and one that nobody knows, for 30 days', () => {
    const types = new Set(rows.map((row) => row['EventType']));
    assert.ok(types.size >= 20);
    for (const type of [...FREE, 'QuantumLedgerAccess']) assert.ok(types.has(type), type);
    const days = new Set(rows.map((row) => String(row['LogDate']).slice(0, 10)));
    assert.ok(days.size >= 30, String(days.size));
  });

  it('have the length that they say, as many columns as types, and no row of another width', () => {
    for (const { row, bytes, header, rows: lines } of files) {
      assert.equal(row['LogFileLength'], bytes.length);
      assert.equal(String(row['LogFileFieldTypes']).split(',').length, header.length);
      assert.equal(row['LogFileFieldNames'], header.join(','));
      assert.ok(lines.length > 0 && lines.every((line) => line.length === header.length), String(row['EventType']));
    }
  });

  it('hold 20,000 to 60,000 events of 10 to 30 MB a month', () => {
    const daily = files.filter((file) => file.row['Interval'] === 'Daily');
    const events = daily.reduce((sum, file) => sum + file.rows.length, 0);
    const bytes = daily.reduce((sum, file) => sum + file.bytes.length, 0);
    assert.ok(events > 20_000 && events < 60_000, String(events));
    assert.ok(bytes > 10e6 && bytes < 30e6, String(bytes));
  });

  it('have valid Ids, are ascending by creation then Id, and some are created in the same second', () => {
    const keys = rows.map((row) => `${String(row['CreatedDate'])}${String(row['Id'])}`);
    assert.deepEqual(keys, [...keys].sort());
    assert.ok(rows.every((row) => isValidId(row['Id'], '0AT')));
    assert.equal(new Set(rows.map((row) => row['Id'])).size, rows.length);
    assert.ok(new Set(rows.map((row) => row['CreatedDate'])).size < rows.length);
  });

  it('come as late as real ones: hourly 3 to 6 hours after the hour, daily the morning after', () => {
    const HOUR = 3_600_000;
    for (const row of rows) {
      const delay = (Date.parse(String(row['CreatedDate'])) - Date.parse(String(row['LogDate']))) / HOUR;
      if (row['Interval'] === 'Hourly' && row['Sequence'] === 1) assert.ok(delay >= 4 && delay <= 7, String(delay));
      if (row['Interval'] === 'Daily') assert.ok(delay >= 27 && delay <= 58, String(delay));
    }
  });

  it('have each hourly row in the daily file of the day too, where there is one', () => {
    const daily = new Map(
      files
        .filter((file) => file.row['Interval'] === 'Daily')
        .map((file) => [`${String(file.row['EventType'])}/${String(file.row['LogDate']).slice(0, 10)}`, file]),
    );
    let compared = 0;
    for (const file of files.filter((each) => each.row['Interval'] === 'Hourly')) {
      const whole = daily.get(`${String(file.row['EventType'])}/${String(file.row['LogDate']).slice(0, 10)}`);
      if (whole === undefined) continue;
      const known = new Set(whole.rows.map((row) => row.join('\u0000')));
      assert.ok(file.rows.every((row) => known.has(row.join('\u0000'))));
      compared++;
    }
    assert.ok(compared > 100);
  });

  it('put every row into the hour or day that the file is of', () => {
    for (const { row, header, rows: lines } of files) {
      const length = row['Interval'] === 'Hourly' ? 13 : 10;
      const at = header.indexOf('TIMESTAMP_DERIVED');
      const expected = String(row['LogDate']).slice(0, length);
      assert.ok(
        lines.every((line) => (line[at] ?? '').startsWith(expected)),
        `${String(row['EventType'])} ${expected}`,
      );
    }
  });

  it('include files of Sequence 2 that deliver a row again', () => {
    const second = files.filter((file) => file.row['Sequence'] === 2);
    assert.ok(second.length > 0);
    const again = second.filter((file) => {
      const first = files.find(
        (each) =>
          each.row['EventType'] === file.row['EventType'] &&
          each.row['LogDate'] === file.row['LogDate'] &&
          each.row['Sequence'] === 1,
      );
      const known = new Set(first?.rows.map((row) => row.join('\u0000')));
      return file.rows.some((row) => known.has(row.join('\u0000')));
    });
    assert.ok(again.length > 0);
  });

  it('have the hard cases of real files', () => {
    const text = files.map((file) => file.bytes.toString('utf8')).join('');
    assert.match(text, /"API_VERSION,USER_INITIATED_LOGOUT"/);
    assert.match(text, /"""acme_\*"""/);
    assert.ok(cells('ApexUnexpectedException', 'STACK_TRACE').some((trace) => trace.includes('\n')));
    assert.ok(cells('BulkApi', 'MESSAGE').some((message) => message.includes('\r\n')));
    assert.ok(cells('HostnameRedirects', 'TIMESTAMP').every((timestamp) => /^\d{14}$/.test(timestamp)));
    assert.ok(cells('Login', 'CLIENT_IP').includes('Salesforce.com IP'));
    assert.ok(cells('Search', 'SEARCH_QUERY').some((term) => term.includes('田中')));
    assert.ok(cells('ApexCallout', 'STATUS_CODE').includes('timeout'));
    assert.ok(cells('ApexUnexpectedException', 'USER_ID').includes(''));
    assert.ok(cells('RestApi', 'TIMESTAMP').some((timestamp) => timestamp.endsWith('000000.000')));
    assert.ok(cells('ReportExport', 'CLIENT_IP').filter((ip) => ip === '203.0.113.201').length >= 28);
  });

  it('have rows without a request id that are equal in every column', () => {
    for (const type of ['AsynchronousReportRun', 'QueuedExecution']) {
      const daily = files.filter((file) => file.row['EventType'] === type && file.row['Interval'] === 'Daily');
      assert.ok(cells(type, 'REQUEST_ID').every((id) => id === ''));
      assert.ok(daily.every((file) => new Set(file.rows.map((row) => row.join('\u0000'))).size < file.rows.length));
    }
  });

  it('change their columns within the month', () => {
    const headers = (type: string): Set<unknown> =>
      new Set(rows.filter((row) => row['EventType'] === type).map((row) => row['LogFileFieldNames']));
    for (const type of ['RestApi', 'Login', 'Report']) assert.equal(headers(type).size, 2, type);
    assert.equal(headers('URI').size, 1);
  });

  it('tell the same sign-ins as LoginHistory', () => {
    const day = '2026-11-20';
    const logins = files.find(
      (file) =>
        file.row['EventType'] === 'Login' &&
        file.row['Interval'] === 'Daily' &&
        String(file.row['LogDate']).startsWith(day),
    );
    const history = org.dataset.loginHistory(org.clock.now).filter((row) => String(row['LoginTime']).startsWith(day));
    assert.equal(logins?.rows.length, history.length);
  });
});

describe('simulated org: event log files by scenario', function () {
  this.timeout(60_000);

  it('are the free types of one day without Event Monitoring', () => {
    const { dataset, clock } = sample({ scenario: 'no-shield' });
    const rows = dataset.eventLogFiles(clock.now);
    assert.deepEqual(new Set(rows.map((row) => row['EventType'])), new Set(FREE));
    assert.ok(rows.every((row) => clock.now.getTime() - Date.parse(String(row['CreatedDate'])) <= 26 * 3_600_000));
  });

  it('have no Interval and no Sequence where there are no hourly files', () => {
    const { dataset, clock } = sample({ scenario: 'no-hourly', scale: 0.4 });
    const rows = dataset.eventLogFiles(clock.now);
    assert.ok(rows.length > 0);
    assert.ok(rows.every((row) => !('Interval' in row) && !('Sequence' in row)));
  });
});
