import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { quarantineOf } from '../../extension/lake/paths.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import type {
  EndedWorker,
  EventLogInput,
  EventLogJob,
  LakeWorker,
  PublishedUnit,
  PublishResult,
  QueryResult,
  RawInput,
  RecordsJob,
  ViewDefinition,
  WrittenUnit,
} from '../../extension/lake/worker.ts';

/** An org's data folder with a lake worker on it, for the time of a test. */
export class LakeFolder implements AsyncDisposable {
  readonly folder: string;
  /** Where its worker has its folder for temporary files. */
  readonly scratch: string;
  readonly worker: LakeWorker;
  /** How its workers ended that were not asked to. */
  readonly ends: EndedWorker[] = [];
  #rawFiles = 0;

  constructor(folder: string) {
    this.folder = folder;
    this.scratch = `${folder}-scratch`;
    const onEnd = (end: EndedWorker): void => void this.ends.push(end);
    this.worker = openLakeWorker({ dataFolder: folder, scratch: this.scratch, memoryLimitMb: 512, threads: 2, onEnd });
  }

  static async make(): Promise<LakeFolder> {
    return new LakeFolder(await mkdtemp(path.join(os.tmpdir(), 'orgwatch-lake-')));
  }

  /** Lands text as a raw file. */
  async raw(content: string | Uint8Array): Promise<RawInput> {
    const rawId = ++this.#rawFiles;
    const file = path.join(this.folder, 'raw', `${String(rawId)}.zst`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, zstdCompressSync(content));
    return { path: file, rawId };
  }

  eventLog(eventType: string, eventDate: string, inputs: readonly EventLogInput[]): EventLogJob {
    const folder = path.join(this.folder, 'lake', 'event_log', `event_type=${encodeURIComponent(eventType)}`);
    const output = path.join(folder, `event_date=${eventDate}`, 'day.parquet');
    return { format: 'event-log-csv', source: 'event_log', inputs, eventType, eventDate, output };
  }

  records(source: string, job: Omit<RecordsJob, 'format' | 'source' | 'output'>): RecordsJob {
    return { format: 'records', source, output: path.join(this.folder, 'lake', source), ...job };
  }

  async query(sql: string, units: readonly PublishedUnit[] = [], views: readonly ViewDefinition[] = []) {
    return this.worker.query({ sql, units, views });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.worker.close();
    await rm(this.folder, { recursive: true, force: true });
    await rm(this.scratch, { recursive: true, force: true });
  }
}

/** What a publish says of what is not as Salesforce declares it; `quarantine` is the file of it. */
export function unfit({ units }: PublishResult) {
  const sum = (of: (unit: WrittenUnit) => number): number => units.reduce((total, unit) => total + of(unit), 0);
  const kept = units.find(({ quarantined }) => quarantined > 0);
  return {
    misfits: sum(({ misfits }) => misfits),
    quarantined: sum(({ quarantined }) => quarantined),
    quarantine: kept ? quarantineOf(kept.path) : null,
  };
}

/** What the ledger would list of a publish. */
export function published(source: string, eventType: string | null, { units }: PublishResult): PublishedUnit[] {
  return units.map(({ path: file, eventDate, columns, quarantined }) => ({
    ...{ source, eventType, eventDate, path: file, columns },
    ...(quarantined > 0 ? { quarantine: quarantineOf(file) } : {}),
  }));
}

/** Rows as objects. */
export function objects({ columns, rows }: QueryResult): Record<string, unknown>[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
}
