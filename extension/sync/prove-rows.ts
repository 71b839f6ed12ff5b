import type { Ledger } from '../lake/ledger.ts';
import type { EventLogRawFile, PageRawFile } from '../lake/ledger-files.ts';
import type { Day, Unit, UnitKey } from '../lake/ledger-units.ts';
import type { RowCount } from '../lake/proof.ts';
import type { PublishJob } from '../lake/worker.ts';
import { throwIfCancelled } from '../shared/abort.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { datesBetween, endOf, startOf } from '../shared/utc.ts';
import { SOURCES } from '../sources/registry.ts';
import type { EventLogSource, RecordSource, SnapshotSource } from '../sources/source.ts';
import type { SoundRaw } from './check-raw.ts';
import type { CheckRun } from './check-run.ts';
import { unitsOf, type UnitPlan } from './event-log-units.ts';
import { eventLogJob, plansFor } from './publish-event-log.ts';
import { batches, recordsJob } from './publish-records.ts';
import { snapshotJob } from './publish-snapshot.ts';

/** What raw files say of one unit. */
export interface UnitProof {
  readonly key: UnitKey;
  /** As the ledger has it; undefined when it has none. */
  readonly unit: Unit | undefined;
  /** All of its raw files are there as they landed. */
  readonly isWhole: boolean;
  /** What the unit must come to; undefined when it is not whole, or when its records cannot be counted with certainty. */
  readonly expected: Expected | undefined;
}

export interface Expected {
  readonly rows: number;
  readonly quarantined: number;
}

/**
 * Counts the records in raw files, for every unit that is or should be in the lake. Dates that were pruned are left out.
 * @param landedToo whether raw files count that are not in the lake yet
 */
export async function proveRows(
  run: CheckRun,
  ledger: Ledger,
  sound: SoundRaw,
  landedToo: boolean,
): Promise<readonly UnitProof[]> {
  const counter = new Counter(run, ledger, sound, landedToo);
  for (const source of SOURCES) {
    if (source.kind === 'event-log') await counter.eventLog(source);
    else if (source.kind === 'records') await counter.records(source);
    else await counter.snapshots(source);
  }
  return counter.proofs;
}

class Counter {
  readonly proofs: UnitProof[] = [];
  readonly #run: CheckRun;
  readonly #ledger: Ledger;
  readonly #sound: SoundRaw;
  readonly #landedToo: boolean;
  readonly #total: number;

  constructor(run: CheckRun, ledger: Ledger, sound: SoundRaw, landedToo: boolean) {
    this.#run = run;
    this.#ledger = ledger;
    this.#sound = sound;
    this.#landedToo = landedToo;
    this.#total = ledger.units.all().length;
  }

  async eventLog(source: EventLogSource): Promise<void> {
    const { files, units, care } = this.#ledger;
    for (const day of care.eventLogDays(source.name)) {
      if (this.#isPruned(source.name, day.eventDate)) continue;
      const listed = files.eventLogFilesOf(source.name, day.eventType, day.eventDate);
      const stored = listed.filter((file) => file.path !== null && file.state !== 'gone');
      const current = units.of(source.name, day.eventType, day.eventDate);
      for (const plan of plansFor(stored, current)) {
        if (!this.#landedToo && plan.inputs.some(({ state }) => state === 'landed')) continue;
        const unit = current.find(({ part }) => part === plan.part);
        const isSound = plan.inputs.every(({ id }) => this.#sound.has(id)) && !mayLack(plan, listed);
        const expected = isSound ? await this.#eventsOf(source, day, plan, unit) : undefined;
        this.#note({ key: { source: source.name, ...day, part: plan.part }, unit, isWhole: isSound, expected });
      }
    }
  }

  /**
   * A file by itself has each of its records as a row or in quarantine; what several share counts once. Nothing is said
   * where a file is irregular, or where DuckDB, which knows what several share, reads other than was counted.
   */
  async #eventsOf(
    source: EventLogSource,
    day: Day,
    plan: UnitPlan<EventLogRawFile>,
    unit: Unit | undefined,
  ): Promise<Expected | undefined> {
    const counts = plan.inputs.map(({ id }) => this.#sound.get(id) ?? null);
    if (counts.some((count) => count === null)) return undefined;
    const records = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    const quarantined = unit?.quarantined ?? 0;
    if (plan.inputs.length === 1) return { rows: records - quarantined, quarantined };
    const counted = await this.#count(eventLogJob(this.#ledger.paths, source.name, day, plan)).catch(unlessUnreadable);
    if (!counted) return undefined;
    const read = Object.values(counted.records).reduce((sum, count) => sum + count, 0);
    return read + quarantined === records ? { rows: counted.events[day.eventDate] ?? 0, quarantined } : undefined;
  }

  async records(source: RecordSource): Promise<void> {
    const { files, units, paths } = this.#ledger;
    const between = (from: number, before: number): readonly PageRawFile[] =>
      files.pagesBetween(source.name, from, before);
    const pages = between(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    const spoilt = new Set(pages.filter((page) => !this.#counts(page)).flatMap(datesOf));
    const dates = [...new Set(pages.flatMap(datesOf))]
      .filter((date) => !this.#isPruned(source.name, date) && !spoilt.has(date))
      .sort();
    for (const batch of batches(dates, between)) {
      const counted = await this.#count(recordsJob(paths, source, batch));
      for (const eventDate of batch.dates) {
        const [rows, quarantined] = [counted.events[eventDate] ?? 0, counted.quarantined[eventDate] ?? 0];
        const unit = units.of(source.name, '', eventDate)[0];
        const key = { source: source.name, eventType: '', eventDate, part: 'all' };
        if (unit === undefined && rows + quarantined === 0) continue;
        this.#note({ key, unit, isWhole: true, expected: { rows, quarantined } });
      }
    }
  }

  /** Only the snapshot that the unit of a date was made of; others of the date are of no consequence. */
  async snapshots(source: SnapshotSource): Promise<void> {
    const { files, units, paths } = this.#ledger;
    for (const unit of units.all().filter((each) => each.source === source.name)) {
      const at = unit.eventFrom;
      if (at === null || this.#isPruned(source.name, unit.eventDate)) continue;
      const pages = files
        .pagesBetween(source.name, startOf(unit.eventDate), endOf(unit.eventDate))
        .filter(({ eventFrom }) => eventFrom === at);
      if (pages.length === 0 || !pages.every((page) => this.#counts(page))) continue;
      const counted = await this.#count(snapshotJob(paths, source, at, pages));
      const [rows = 0, quarantined = 0] = [counted.events[unit.eventDate], counted.quarantined[unit.eventDate]];
      this.#note({ key: unit, unit, isWhole: true, expected: { rows, quarantined } });
    }
  }

  #isPruned(source: string, date: string): boolean {
    return date < this.#ledger.scope.publishedFrom(source);
  }

  #counts(page: PageRawFile): boolean {
    return (this.#landedToo || page.state !== 'landed') && this.#sound.has(page.id);
  }

  async #count(job: PublishJob): Promise<RowCount> {
    const { worker, signal } = this.#run.parts;
    throwIfCancelled(signal);
    return worker.count(job, signal);
  }

  #note(proof: UnitProof): void {
    this.proofs.push(proof);
    this.#run.tell('rows', this.proofs.length, Math.max(this.#total, this.proofs.length));
  }
}

/** Whether a file that is not on disk, or not any more, may have gone into a part: the unit then has more than raw files say. */
function mayLack(plan: UnitPlan<EventLogRawFile>, listed: readonly EventLogRawFile[]): boolean {
  const absent = listed.filter(({ path, state }) => path === null && (state === 'discovered' || state === 'gone'));
  const newest = Math.max(...plan.inputs.map(({ createdDate }) => createdDate));
  return absent.some(
    (file) =>
      unitsOf([file]).some(({ part }) => part === plan.part) &&
      (file.interval === 'Hourly' || file.createdDate > newest),
  );
}

function unlessUnreadable(error: unknown): undefined {
  if (!(error instanceof OrgwatchError && error.code === 'LAKE_WORKER_FAILED')) throw error;
}

function datesOf({ eventFrom, eventTo }: PageRawFile): readonly string[] {
  return datesBetween(eventFrom, eventTo);
}
