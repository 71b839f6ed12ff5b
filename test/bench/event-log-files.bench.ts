import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { Connection } from 'jsforce';
import { literal } from '../../extension/lake/sql.ts';
import type { SimulatedOrgAddress } from '../simulated-org/server.ts';
import { bounded, row, seconds, startOrg, type Bench } from './bench.ts';
import { syncFrom } from './lake.ts';

const TYPES = ['URI', 'RestApi', 'LightningPageView', 'ApexExecution', 'Report', 'Login'];
const BYTES = 600_000_000;

/** A whole sync of large event log files, against DuckDB's own way of the same files when they lie on disk already. */
export const eventLogFiles: Bench = {
  name: 'event-log-files',
  run: async ({ scale, folder }) => {
    await using org = await startOrg({ scenario: 'shield', scale: 0.01 });
    for (const eventType of TYPES) {
      await org.change({ kind: 'large-file', eventType, bytes: Math.round((BYTES * scale) / TYPES.length) });
    }
    const recordings = path.join(folder, 'recordings');
    await mkdir(recordings);
    await using recorded = await org.recorded(recordings);
    await plainDownload(recorded.address);
    const options = { sources: ['event_log'], eventTypes: { include: TYPES }, since: new Date(Date.now() - 600_000) };
    let bytes = 0;
    const whole = await seconds(async () => {
      const report = await syncFrom(recorded.address, folder, options);
      bytes = report.sources[0]?.bytes ?? 0;
    });
    const download = await seconds(() => plainDownload(recorded.address));
    const files = await plainFiles(path.join(folder, 'data', org.address.orgId, 'raw'), path.join(folder, 'plain'));
    const threads = String(Math.min(4, os.availableParallelism()));
    const duckdb = await (await DuckDBInstance.create(':memory:', { threads })).connect();
    const copy = await seconds(async () => {
      for (const file of files) {
        await duckdb.run(
          `COPY (SELECT * FROM read_csv(${literal(file)})) TO ${literal(`${file}.parquet`)} (FORMAT parquet)`,
        );
      }
    });
    duckdb.closeSync();
    return [
      row('files, and bytes as Salesforce sent them', `${String(files.length)}, ${(bytes / 1e6).toFixed(0)} MB`),
      row('whole sync: download, hash, land, publish', `${whole.toFixed(1)} s`),
      row('plain download of the same files, thrown away', `${download.toFixed(1)} s`),
      row('COPY (SELECT * FROM read_csv(…)) TO parquet of the same files on disk', `${copy.toFixed(1)} s`),
      bounded('whole sync : COPY', whole / copy, '×', '≤', 1.3),
    ];
  },
};

/** What any client does with the files, whatever it is for. */
async function plainDownload({ instanceUrl, accessToken }: SimulatedOrgAddress): Promise<void> {
  const connection = new Connection({ instanceUrl, accessToken, version: '66.0' });
  for (const eventType of TYPES) {
    const newest = `SELECT Id FROM EventLogFile WHERE EventType = '${eventType}' ORDER BY CreatedDate DESC LIMIT 1`;
    const [file] = (await connection.query(newest)).records;
    const address = `${instanceUrl}/services/data/v66.0/sobjects/EventLogFile/${String(file?.Id)}/LogFile`;
    const response = await fetch(address, { headers: { authorization: `Bearer ${accessToken}` } });
    if (!response.ok || response.body === null) throw new Error(await response.text());
    await response.body.pipeTo(new WritableStream());
  }
}

async function plainFiles(raw: string, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const entries = await readdir(raw, { recursive: true, withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const plain = path.join(folder, `${String(files.length)}.csv`);
    await pipeline(
      createReadStream(path.join(entry.parentPath, entry.name)),
      createZstdDecompress(),
      createWriteStream(plain),
    );
    files.push(plain);
  }
  return files;
}
