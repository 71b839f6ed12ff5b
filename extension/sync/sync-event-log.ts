import type { EventLogRawFile } from '../lake/ledger-files.ts';
import type { EventLogSource } from '../sources/source.ts';
import { discover, passOverSuperseded } from './discover.ts';
import { download } from './download.ts';
import { Limiter } from './limiter.ts';
import { publishDay, type Day } from './publish-event-log.ts';
import type { SourceRun } from './source-run.ts';

/** Jobs given to the lake worker at a time: the next one waits there while one is at work. */
const JOBS = 3;

/**
 * One run of the event log: list, download the oldest first, publish each type and day as soon as all its files are
 * there. The first failure ends the downloads; what has landed is still published.
 */
export async function syncEventLog(run: SourceRun, source: EventLogSource): Promise<void> {
  const { ledger, signal } = run.parts;
  const days = new Days(run, ledger.files.eventLogFiles(source.name, 'landed'));
  try {
    await discover(run, source);
    run.tell('fetch');
    while (await downloadAll(run, source, days)) passOverSuperseded(run, source);
  } finally {
    if (!signal.aborted) days.publishRest();
    await days.published();
  }
}

/** Downloads what is discovered; true when a file was gone, which may bring others back into need. */
async function downloadAll(run: SourceRun, source: EventLogSource, days: Days): Promise<boolean> {
  const { ledger, concurrency } = run.parts;
  const files = ledger.files.eventLogFiles(source.name, 'discovered');
  run.filesTotal = run.files + files.length;
  run.bytesTotal = run.bytes + files.reduce((sum, file) => sum + (file.declaredBytes ?? 0), 0);
  for (const file of files) days.expect(file);
  const queue = files.values();
  let anyGone = false;
  let failure: { readonly error: unknown } | undefined;
  const fetchOneByOne = async (): Promise<void> => {
    for (const file of queue) {
      if (failure) return;
      try {
        const landed = await download(run, file);
        if (!landed) anyGone = bringBack(run, file) || anyGone;
        days.settle(file);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, fetchOneByOne));
  if (failure) throw failure.error;
  return anyGone;
}

/** With a daily file gone, the hourly files that it made needless are needed after all. */
function bringBack(run: SourceRun, gone: EventLogRawFile): boolean {
  const { ledger } = run.parts;
  const passed = ledger.files
    .eventLogFilesOf(run.source, gone.eventType, gone.eventDate)
    .filter((file) => file.state === 'superseded' && file.path === null);
  ledger.transaction(() =>
    ledger.files.mark(
      passed.map((file) => file.id),
      'discovered',
    ),
  );
  return passed.length > 0;
}

/** Which type and day still waits for files, and the publishing of those that do not. */
class Days {
  readonly #run: SourceRun;
  readonly #jobs = new Limiter(JOBS);
  readonly #waiting = new Map<string, { readonly day: Day; files: number }>();
  /** By day, so that a day is never published twice at a time. */
  readonly #publishing = new Map<string, Promise<void>>();
  readonly #failures: unknown[] = [];

  constructor(run: SourceRun, landed: readonly EventLogRawFile[]) {
    this.#run = run;
    for (const file of landed) this.#entry(file);
  }

  expect(file: EventLogRawFile): void {
    this.#entry(file).files++;
  }

  settle(file: EventLogRawFile): void {
    const entry = this.#entry(file);
    entry.files--;
    if (entry.files <= 0) this.#publish(entry.day);
  }

  publishRest(): void {
    for (const { day } of this.#waiting.values()) this.#publish(day);
  }

  /** @throws the first failure of a job, when all have ended */
  async published(): Promise<void> {
    await Promise.all(this.#publishing.values());
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  #entry(file: EventLogRawFile): { readonly day: Day; files: number } {
    const key = keyOf(file);
    let entry = this.#waiting.get(key);
    if (!entry) {
      entry = { day: { eventType: file.eventType, eventDate: file.eventDate }, files: 0 };
      this.#waiting.set(key, entry);
    }
    return entry;
  }

  #publish(day: Day): void {
    const key = keyOf(day);
    this.#waiting.delete(key);
    const before = this.#publishing.get(key) ?? Promise.resolve();
    const job = before.then(() => this.#jobs.run(() => publishDay(this.#run, day)));
    this.#publishing.set(
      key,
      job.catch((error: unknown) => void this.#failures.push(error)),
    );
  }
}

function keyOf(day: Day): string {
  return `${day.eventDate} ${day.eventType}`;
}
