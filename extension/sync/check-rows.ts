import path from 'node:path';
import type { Ledger } from '../lake/ledger.ts';
import type { EventLogRawFile, PageRawFile } from '../lake/ledger-files.ts';
import type { Unit } from '../lake/ledger-units.ts';
import type { RowCount } from '../lake/proof.ts';
import type { PublishJob } from '../lake/worker.ts';
import { throwIfCancelled } from '../shared/abort.ts';
import { count } from '../shared/count.ts';
import { datesBetween, endOf, startOf } from '../shared/utc.ts';
import { SOURCES } from '../sources/registry.ts';
import type { EventLogSource, RecordSource, SnapshotSource } from '../sources/source.ts';
import type { SoundRaw } from './check-raw.ts';
import type { CheckRun } from './check-run.ts';
import type { UnitPlan } from './event-log-units.ts';
import { eventLogJob, plansFor, type Day } from './publish-event-log.ts';
import { batches, recordsJob } from './publish-records.ts';
import { snapshotJob } from './publish-snapshot.ts';

/** What the rows of one unit must come to, and the records that its raw files hold. */
interface Expected {
  readonly rows: number;
  readonly quarantined: number;
}

/**
 * Counts the records in raw files and holds them against the rows of the units made of them. Only raw files that are as
 * they landed count; what the lake has of others cannot be proven.
 */
export async function checkRows(run: CheckRun, ledger: Ledger, sound: SoundRaw): Promise<void> {
  const proof = new RowProof(run, ledger, sound);
  for (const source of SOURCES) {
    if (source.kind === 'event-log') await proof.eventLog(source);
    else if (source.kind === 'records') await proof.records(source);
    else await proof.snapshots(source);
  }
  proof.end();
}

class RowProof {
  readonly #run: CheckRun;
  readonly #ledger: Ledger;
  readonly #sound: SoundRaw;
  /** Units that were not held against raw files yet. */
  readonly #left: Map<string, Unit>;
  readonly #total: number;

  constructor(run: CheckRun, ledger: Ledger, sound: SoundRaw) {
    this.#run = run;
    this.#ledger = ledger;
    this.#sound = sound;
    this.#left = new Map(ledger.units.all().map((unit) => [unit.path, unit]));
    this.#total = this.#left.size;
  }

  async eventLog(source: EventLogSource): Promise<void> {
    const { files, units, care } = this.#ledger;
    for (const day of care.eventLogDays(source.name)) {
      if (!this.#isPublished(source.name, day.eventDate)) continue;
      const stored = files
        .eventLogFilesOf(source.name, day.eventType, day.eventDate)
        .filter((file) => file.path !== null && file.state !== 'gone');
      const current = units.of(source.name, day.eventType, day.eventDate);
      for (const plan of plansFor(stored, current)) {
        if (plan.inputs.some(({ state }) => state === 'landed')) continue;
        const unit = current.find(({ part }) => part === plan.part);
        if (!unit) this.#missing(source.name, eventLogJob(this.#ledger.paths, source.name, day, plan).output);
        else if (plan.inputs.every(({ id }) => this.#sound.has(id))) {
          this.#compare(unit, await this.#eventsOf(source, day, plan, unit));
        }
      }
    }
  }

  /** A file by itself has its records as rows or in quarantine; of several, those that they share count once. */
  async #eventsOf(source: EventLogSource, day: Day, plan: UnitPlan<EventLogRawFile>, unit: Unit): Promise<Expected> {
    const [only, ...others] = plan.inputs;
    const records = only && others.length === 0 ? this.#sound.get(only.id) : null;
    if (typeof records === 'number') return { rows: records - unit.quarantined, quarantined: unit.quarantined };
    const counted = await this.#count(eventLogJob(this.#ledger.paths, source.name, day, plan));
    return { rows: counted.events[day.eventDate] ?? 0, quarantined: counted.quarantined };
  }

  async records(source: RecordSource): Promise<void> {
    const { files, units, paths } = this.#ledger;
    const pages = files.pagesBetween(source.name, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    const spoilt = new Set(pages.filter((page) => !this.#isReady(page)).flatMap(datesOf));
    const dates = [...new Set(pages.flatMap(datesOf))]
      .filter((date) => this.#isPublished(source.name, date) && !spoilt.has(date))
      .sort();
    const between = (from: number, before: number): readonly PageRawFile[] =>
      files.pagesBetween(source.name, from, before);
    for (const batch of batches(dates, between)) {
      const counted = await this.#count(recordsJob(paths, source, batch));
      for (const date of batch.dates) {
        const rows = counted.events[date] ?? 0;
        const unit = units.of(source.name, '', date)[0];
        if (unit) this.#compare(unit, { rows, quarantined: 0 });
        else if (rows > 0) this.#missing(source.name, path.join(paths.lake, source.name, `event_date=${date}`));
      }
    }
  }

  async snapshots(source: SnapshotSource): Promise<void> {
    const { files, units, paths } = this.#ledger;
    for (const unit of units.all().filter((each) => each.source === source.name)) {
      const at = unit.eventFrom;
      if (at === null || !this.#isPublished(source.name, unit.eventDate)) continue;
      const pages = files
        .pagesBetween(source.name, startOf(unit.eventDate), endOf(unit.eventDate))
        .filter(({ eventFrom, state }) => eventFrom === at && state === 'published');
      if (pages.length === 0 || !pages.every((page) => this.#isReady(page))) continue;
      const counted = await this.#count(snapshotJob(paths, source, at, pages));
      this.#compare(unit, { rows: counted.events[unit.eventDate] ?? 0, quarantined: 0 });
    }
  }

  /** What was held against nothing. */
  end(): void {
    for (const { source } of this.#left.values()) this.#run.of(source).unprovenUnits++;
  }

  #isPublished(source: string, date: string): boolean {
    return date >= this.#ledger.scope.publishedFrom(source);
  }

  #isReady(page: PageRawFile): boolean {
    return page.state !== 'landed' && this.#sound.has(page.id);
  }

  async #count(job: PublishJob): Promise<RowCount> {
    const { worker, signal } = this.#run.parts;
    throwIfCancelled(signal);
    return worker.count(job, signal);
  }

  #compare(unit: Unit, expected: Expected): void {
    if (!this.#left.delete(unit.path)) return;
    this.#run.tell('rows', this.#total - this.#left.size, this.#total);
    if (expected.rows === unit.rows && expected.quarantined === unit.quarantined) {
      this.#run.of(unit.source).provenRows += unit.rows;
      return;
    }
    const kept =
      unit.quarantined + expected.quarantined === 0 ? '' : ` and ${count(unit.quarantined, 'record')} in quarantine`;
    const inRaw = expected.quarantined === 0 ? '' : ` and ${count(expected.quarantined, 'record')} that cannot be read`;
    const detail = `It has ${count(unit.rows, 'row')}${kept}; its raw files hold ${count(expected.rows, 'event')}${inRaw}.`;
    this.#run.find('rows-differ', unit.source, this.#run.relative(unit.path), detail, 'repair');
  }

  #missing(source: string, output: string): void {
    const detail = 'Raw files were published for this, but the ledger names no Parquet file.';
    this.#run.find('lake-missing', source, this.#run.relative(output), detail, 'repair');
  }
}

function datesOf({ eventFrom, eventTo }: PageRawFile): readonly string[] {
  return datesBetween(eventFrom, eventTo);
}
