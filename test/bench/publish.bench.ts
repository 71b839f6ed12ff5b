import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { literal } from '../../extension/lake/sql.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import type { EventLogJob } from '../../extension/lake/worker.ts';
import { toCsv } from '../lake/csv.ts';
import { seconds } from './bench.ts';

/**
 * How long the lake worker takes for an event log file, against DuckDB's own
 * `COPY (SELECT * FROM read_csv(…, all_varchar)) TO …` of the same CSV, in turns in one run.
 *   node test/bench/publish.bench.ts [--megabytes 120] [--rounds 5]
 */
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const bytes = option('megabytes', 120) * 1_000_000;
const rounds = option('rounds', 5);
const threads = Math.min(4, os.availableParallelism());

const HEADER =
  'EVENT_TYPE,TIMESTAMP,REQUEST_ID,ORGANIZATION_ID,USER_ID,RUN_TIME,CPU_TIME,URI,SESSION_KEY,LOGIN_KEY,USER_TYPE,' +
  'REQUEST_STATUS,DB_TOTAL_TIME,BROWSER_TYPE,API_TYPE,API_VERSION,USER_NAME,TLS_PROTOCOL,CIPHER_SUITE,' +
  'TIMESTAMP_DERIVED,USER_ID_DERIVED,CLIENT_IP,URI_ID_DERIVED,LOGIN_STATUS,SOURCE_IP,MESSAGE';
const NUMBERS = new Set(['RUN_TIME', 'CPU_TIME', 'DB_TOTAL_TIME']);

/** Numbers that look random and are the same each time. */
function* numbers(): Generator<number, never> {
  for (let state = 0x9e3779b9; ;) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield state >>> 0;
  }
}

/** An event log file of `size` bytes; every 50th row has a message of two lines where `brokenLines` says so. */
function eventLogFile(size: number, brokenLines: boolean): Buffer {
  const source = numbers();
  const below = (limit: number): number => source.next().value % limit;
  const text = (): string => below(2 ** 31).toString(36) + below(2 ** 31).toString(36);
  const parts = [Buffer.from(toCsv([HEADER.split(',')]))];
  for (let written = 0, row = 0; written < size;) {
    const rows: string[][] = [];
    for (let n = 0; n < 1_000; n++, row++) {
      const time = new Date(Date.UTC(2026, 10, 1) + row * 250).toISOString();
      const user = `005${String(100_000_000_000 + below(500))}`;
      rows.push([
        ...['URI', time.replace(/[-:TZ]/g, ''), `4${text()}-`, '00D000000000001', user, String(below(2_000))],
        ...[String(below(900)), `/lightning/r/Account/001${text()}/view`, `${text()}==`, text(), 'Standard', 'S'],
        ...[String(below(1e8)), `Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/${String(below(140))}`, '', '66.0'],
        ...[`user${String(below(500))}@example.com`, 'TLSv1.3', 'TLS_AES_256_GCM_SHA384', time, `${user}AAA`],
        ...[`10.${String(below(4))}.${String(below(250))}.1`, `001${text()}`, 'LOGIN_NO_ERROR', '192.0.2.1'],
        row % 50 === 0 ? `He said "hi",${brokenLines ? '\n' : ' '}and left.` : '',
      ]);
    }
    const part = Buffer.from(toCsv(rows));
    parts.push(part);
    written += part.length;
  }
  return Buffer.concat(parts);
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-bench-'));
try {
  const duckdb = await (await DuckDBInstance.create(':memory:', { threads: String(threads) })).connect();
  await using worker = openLakeWorker({ dataFolder: folder, threads });
  await worker.query({ sql: 'SELECT 1', units: [] });
  for (const brokenLines of [false, true]) {
    const csv = eventLogFile(bytes, brokenLines);
    const [plain, raw] = [path.join(folder, 'plain.csv'), path.join(folder, 'raw.zst')];
    await writeFile(plain, csv);
    await writeFile(raw, zstdCompressSync(csv));
    const fieldTypes = HEADER.split(',').map((name) => (NUMBERS.has(name) ? 'Number' : 'String'));
    const job: EventLogJob = {
      format: 'event-log-csv',
      source: 'event_log',
      inputs: [{ path: raw, rawId: 1, fieldNames: HEADER, fieldTypes: fieldTypes.join(',') }],
      eventType: 'URI',
      eventDate: '2026-11-01',
      output: path.join(folder, 'lake', 'event_date=2026-11-01', 'day.parquet'),
    };
    const own = path.join(folder, 'own.parquet');
    const copy = `COPY (SELECT * FROM read_csv(${literal(plain)}, all_varchar = true)) TO ${literal(own)} (FORMAT parquet, COMPRESSION zstd)`;
    const times: { copy: number; publish: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      times.push({ copy: await seconds(() => duckdb.run(copy)), publish: await seconds(() => worker.publish(job)) });
    }
    const best = (of: 'copy' | 'publish'): number => Math.min(...times.map((time) => time[of]));
    console.log(
      JSON.stringify({
        bench: 'publish',
        file: brokenLines ? 'line breaks in values' : 'no line breaks in values',
        megabytes: Math.round(csv.length / 1e6),
        threads,
        copySeconds: Number(best('copy').toFixed(2)),
        publishSeconds: Number(best('publish').toFixed(2)),
        ratio: Number((best('publish') / best('copy')).toFixed(2)),
        copyParquetMegabytes: Number(((await stat(own)).size / 1e6).toFixed(1)),
        publishParquetMegabytes: Number(((await stat(job.output)).size / 1e6).toFixed(1)),
      }),
    );
  }
  duckdb.closeSync();
} finally {
  await rm(folder, { recursive: true, force: true });
}
