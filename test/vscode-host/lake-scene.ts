import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCalls } from '../../extension/lake/calls.ts';
import { KnownLakes } from '../../extension/lake/known-lakes.ts';
import { openLedger, type Ledger } from '../../extension/lake/ledger.ts';
import type { PublishJob } from '../../extension/lake/worker.ts';
import { HOUR } from '../../extension/shared/utc.ts';
import { asUnit } from '../../extension/sync/publish-records.ts';
import { columnsOf } from '../insights/story.ts';
import { toCsv } from '../lake/csv.ts';
import { LakeFolder } from '../lake/lake-folder.ts';
import { openSf } from '../support/sf.ts';
import { changes, events, links, signIns, type Fields } from './lake-events.ts';
import type { Scene } from './scene.ts';

export const ORG_ID = '00D000000000001EAA';
export const USERNAME = 'admin@acme.example';

/** Not for ever, but longer than anybody waits. */
export const ENDLESS =
  'SELECT count(*) FROM event_log a, event_log b, event_log c WHERE a.uri < b.uri AND b.uri < c.uri';

/** What VS Code is started in to look at a lake that is there already: no org is asked. */
export interface LakeScene extends AsyncDisposable, Pick<Scene, 'folder' | 'workspace' | 'env'> {
  readonly dataDir: string;
}

export async function openLakeScene(): Promise<LakeScene> {
  const folder = await mkdtemp(path.join(tmpdir(), 'orgwatch-lake-scene-'));
  const workspace = path.join(folder, 'events');
  const dataDir = path.join(workspace, '.orgwatch');
  await mkdir(workspace);
  const state = path.join(folder, 'state');
  const { env } = await openSf({ home: path.join(folder, 'home') });
  await fillLake(dataDir, state);
  await writeFile(path.join(workspace, 'weekly-review.sql'), 'SELECT * FROM setup_changes ORDER BY event_time DESC\n');
  await writeFile(path.join(workspace, 'shop.sql'), 'SELECT * FROM orders\n');
  return {
    folder,
    workspace,
    dataDir,
    env: { ...env, ORGWATCH_STATE_DIR: state },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** A month of an org's life, published as a sync would. */
async function fillLake(dataDir: string, state: string): Promise<void> {
  using ledger = openLedger(dataDir, ORG_ID);
  // VS Code is started with another state folder than this process.
  new KnownLakes(ORG_ID, state).add(ledger.identity.id(), ledger.paths.folder);
  const now = Date.now();
  ledger.noteOrg({ orgId: ORG_ID, username: USERNAME, instanceUrl: 'https://acme.my.salesforce.com' }, now);
  const lake = new LakeFolder(ledger.paths.folder);
  const records = async (source: string, timeColumn: string, key: readonly string[], rows: readonly Fields[]) => {
    const input = await lake.raw(JSON.stringify({ totalSize: rows.length, done: true, records: rows }));
    const job = lake.records(source, { inputs: [input], key, timeColumn, columns: columnsOf(source) });
    await publish(lake, ledger, source, '', job);
  };
  await records('login_history', 'LoginTime', ['Id'], signIns(now));
  await records('setup_audit_trail', 'CreatedDate', ['Id'], changes(now));
  await records('content_distribution', 'SystemModstamp', ['Id', 'SystemModstamp'], links(now));
  for (const { type, date, rows } of events(now)) {
    const names = Object.keys(rows[0] ?? {});
    const input = await lake.raw(toCsv([names, ...rows.map((row) => names.map((name) => row[name] ?? ''))]));
    await publish(lake, ledger, 'event_log', type, lake.eventLog(type, date, [input]));
  }
  await lake.worker.close();
  const run = ledger.runs.start(now - 60_000);
  const done = { state: 'done', reason: null, actions: [], requests: 4, rows: 100, files: 1, bytes: 10_000 };
  for (const source of ['login_history', 'setup_audit_trail', 'content_distribution'])
    ledger.runs.endSource(run, { source, ...done }, now - 30_000);
  ledger.runs.endSource(run, { source: 'event_log', ...done }, now - 50 * HOUR);
  ledger.runs.end(run, now, 'done', 16, 400);
  using calls = openCalls(state);
  const request = { orgId: ORG_ID, calls: 412, purpose: 'sync', now };
  const { id } = calls.reserve(request, () => ({ kind: 'allowed' }));
  calls.settle(ORG_ID, id, { now, usage: { used: 31_240, max: 100_000 } });
}

async function publish(lake: LakeFolder, ledger: Ledger, source: string, eventType: string, job: PublishJob) {
  const { units } = await lake.worker.publish(job);
  const part = eventType === '' ? 'all' : 'day';
  for (const unit of units) {
    ledger.units.put({ source, eventType, eventDate: unit.eventDate, part, ...asUnit(unit) }, Date.now());
  }
}
