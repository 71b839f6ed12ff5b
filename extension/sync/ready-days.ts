import type { EventLogRawFile } from '../lake/ledger-files.ts';
import type { Day } from '../lake/ledger-units.ts';
import { messageOf } from '../shared/errors.ts';
import { dayName } from './event-log-units.ts';
import { Limiter } from '../shared/limiter.ts';
import { publishDays } from './publish-event-log.ts';
import { isOfJob } from './publish-records.ts';
import type { SourceRun } from './source-run.ts';

/** Jobs given to the lake worker at a time: the next one waits there while one is at work. */
const JOBS = 3;
/** Days of one event type are published together, so many of them and of so many bytes as Salesforce sent. */
const DAYS = 64;
const BYTES = 16 << 20;
/** A day with more than this is published by itself. */
const SMALL = 1 << 20;

interface Entry {
  readonly day: Day;
  /** That are still to come. */
  files: number;
  bytes: number;
}

/**
 * Which type and day still waits for files, and the publishing of those that do not. Days that get ready faster than
 * they are published are published together, the more the longer they have to wait.
 */
export class ReadyDays {
  /** Of which something was published. */
  readonly eventTypes = new Set<string>();
  readonly #run: SourceRun;
  readonly #jobs = new Limiter(JOBS);
  readonly #waiting = new Map<string, Entry>();
  readonly #ready = new Map<string, Entry>();
  /** Being published: never twice at a time. */
  readonly #busy = new Set<string>();
  readonly #working: Promise<void>[] = [];
  readonly #failures: unknown[] = [];
  #firstOfJob: { readonly error: unknown } | undefined;

  constructor(run: SourceRun, landed: readonly EventLogRawFile[]) {
    this.#run = run;
    for (const file of landed) this.#entry(file).bytes += sizeOf(file);
  }

  expect(file: EventLogRawFile): void {
    const entry = this.#entry(file);
    entry.files++;
    entry.bytes += sizeOf(file);
  }

  settle(file: EventLogRawFile): void {
    const entry = this.#entry(file);
    entry.files--;
    if (entry.files <= 0) this.#publish(entry);
  }

  publishRest(): void {
    for (const entry of [...this.#waiting.values()]) this.#publish(entry);
  }

  /** @throws the first failure of a job that is not of its day, when all have ended; of its day, where no other came */
  async published(): Promise<void> {
    await Promise.all(this.#working);
    if (this.#failures.length > 0) throw this.#failures[0];
    const { ledger } = this.#run.parts;
    if (this.#firstOfJob && ledger.units.totals(this.#run.source).rows === 0) throw this.#firstOfJob.error;
  }

  #entry(file: EventLogRawFile): Entry {
    const key = dayName(file);
    let entry = this.#waiting.get(key);
    if (!entry) {
      entry = { day: { eventType: file.eventType, eventDate: file.eventDate }, files: 0, bytes: 0 };
      this.#waiting.set(key, entry);
    }
    return entry;
  }

  #publish(entry: Entry): void {
    const key = dayName(entry.day);
    this.#waiting.delete(key);
    this.#ready.set(key, entry);
    this.#working.push(this.#jobs.run(() => this.#work()));
  }

  /** Goes on until nothing is ready; what another one is at is left to that one. */
  async #work(): Promise<void> {
    for (let days = this.#take(); days.length > 0; days = this.#take()) {
      await this.#publishTogether(days);
      for (const day of days) this.#busy.delete(dayName(day));
    }
  }

  /** The day that has been ready longest, and others of its event type. */
  #take(): readonly Day[] {
    const free = [...this.#ready.values()].filter(({ day }) => !this.#busy.has(dayName(day)));
    const [first, ...others] = free;
    if (!first) return [];
    const days = [first.day];
    let bytes = first.bytes;
    for (const { day, bytes: more } of first.bytes > SMALL ? [] : others) {
      if (day.eventType !== first.day.eventType || more > SMALL) continue;
      bytes += more;
      if (bytes > BYTES || days.length === DAYS) break;
      days.push(day);
    }
    for (const day of days) {
      this.#ready.delete(dayName(day));
      this.#busy.add(dayName(day));
    }
    return days;
  }

  /** One day that cannot be published keeps no other from it. */
  async #publishTogether(days: readonly Day[]): Promise<void> {
    try {
      await publishDays(this.#run, days);
      for (const { eventType } of days) this.eventTypes.add(eventType);
    } catch (error) {
      const [{ eventType, eventDate } = { eventType: '', eventDate: '' }] = days;
      if (days.length === 1 && isOfJob(error) && !this.#run.parts.signal.aborted) {
        this.#run.parts.log.warn(`${eventType}, ${eventDate}: ${messageOf(error)}`);
        this.#run.unpublished.push(`${eventType}, ${eventDate}`);
        this.#firstOfJob ??= { error };
      } else if (days.length === 1 || this.#run.parts.signal.aborted) this.#failures.push(error);
      else for (const day of days) await this.#publishTogether([day]);
    }
  }
}

function sizeOf(file: EventLogRawFile): number {
  return file.bytes ?? file.declaredBytes ?? 0;
}
