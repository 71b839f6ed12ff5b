import { to15 } from '../ids.ts';
import type { Dataset, DatasetChange, Row, Scenario } from '../model.ts';
import { Library } from './content/library.ts';
import { Amendments } from './files/amendments.ts';
import { Archive } from './files/archive.ts';
import { changeFiles } from './files/changes.ts';
import type { ChangeContext } from './files/changes.ts';
import { DayLogs } from './files/day-log.ts';
import { Inventory } from './files/inventory.ts';
import { extraSetupChanges, extraSignIns } from './on-demand.ts';
import type { Population } from './population/population.ts';
import { staffSize } from './population/roster.ts';
import { SYSTEM_USER_ID } from './population/users.ts';
import { setupAuditTrailRow, setupChangesOfDay } from './setup/day.ts';
import { signInsOfDay } from './sign-ins/day.ts';
import { loginGeoRow, loginHistoryRow } from './sign-ins/rows.ts';
import { DAY } from './time.ts';
import { Timeline } from './timeline.ts';
import { distinctLogEvents } from './truth.ts';

export interface DatasetInput {
  readonly seed: number;
  readonly scale: number;
  readonly scenario: Scenario;
  readonly population: Population;
  readonly now: () => Date;
}

const HISTORY_DAYS = 180;
/** Large orgs remember less, so that their rows fit into memory; still more than any backfill asks for. */
const HISTORY_DAYS_OF_LARGE_ORGS = 75;
const LARGE = 10;
const BACKFILL_DAYS = 60;
/** Rows that one day can have at most, so that numbers of different days never meet. */
const NUMBERS_A_DAY = 10_000_000;

/**
 * The org's event data: a function of seed, scale and the day, made when it is asked for. Rows appear as the clock
 * passes them. `truth` reckons sign-ins and setup changes of the last 60 days.
 */
export function createDataset(input: DatasetInput): Dataset {
  return new GeneratedDataset(input);
}

class GeneratedDataset implements Dataset {
  readonly #input: DatasetInput;
  readonly #logins: Timeline;
  readonly #geos: Timeline;
  readonly #setup: Timeline;
  readonly #library: Library;
  readonly #archive: Archive;
  readonly #files: ChangeContext;
  #extraRows = 0;

  constructor(input: DatasetInput) {
    const { seed, scale, scenario, population } = input;
    const { roster, organization, usernameSuffix } = population;
    const world = { seed, scale, roster, usernameSuffix };
    this.#input = input;
    const historyDays = scale > LARGE ? HISTORY_DAYS_OF_LARGE_ORGS : HISTORY_DAYS;
    const timeline = (timeField: string, generate: (day: number) => Row[]): Timeline =>
      new Timeline({ timeField, historyDays, generate });
    const numbered = <T>(items: readonly T[], day: number, row: (item: T, number: number) => Row): Row[] =>
      items.map((item, index) => row(item, day * NUMBERS_A_DAY + index));
    this.#logins = timeline('LoginTime', (day) => numbered(signInsOfDay(world, day), day, loginHistoryRow));
    this.#geos = timeline('LoginTime', (day) =>
      numbered(signInsOfDay(world, day), day, (signIn, number) => loginGeoRow(signIn, number, SYSTEM_USER_ID)),
    );
    this.#setup = timeline('CreatedDate', (day) =>
      numbered(setupChangesOfDay(seed, scale, roster, day), day, setupAuditTrailRow),
    );
    this.#library = new Library(seed, scale, roster, historyDays);

    const copies = Math.max(1, Math.floor(scale));
    const logScale = scale / copies;
    const logRoster = roster.slice(0, staffSize(logScale));
    const organizationId = to15(String(organization['Id']));
    const library = copies === 1 ? this.#library : new Library(seed, logScale, logRoster, historyDays);
    const logs = new DayLogs({ ...world, scale: logScale, roster: logRoster, library, organizationId });
    const freeOnly = scenario.eventMonitoring === 'free';
    const inventory = new Inventory(seed, copies, logs, freeOnly);
    const amendments = new Amendments();
    this.#files = { seed, amendments, inventory, logs, freeOnly, organizationId };
    this.#archive = new Archive({
      inventory,
      amendments,
      hourly: scenario.hourly,
      retentionDays: freeOnly ? 1 : 30,
      createdById: SYSTEM_USER_ID,
    });
  }

  loginHistory(until: Date): readonly Row[] {
    return this.#logins.rows(until);
  }

  loginGeo(until: Date): readonly Row[] {
    return this.#geos.rows(until);
  }

  setupAuditTrail(until: Date): readonly Row[] {
    return this.#setup.rows(until);
  }

  eventLogFiles(until: Date): readonly Row[] {
    return this.#archive.rows(until.getTime());
  }

  openLogFile(id: string): AsyncIterable<Uint8Array> | undefined {
    return this.#archive.open(id, this.#input.now().getTime());
  }

  contentDistributions(until: Date): readonly Row[] {
    return this.#library.rows('distributions', until);
  }

  contentVersions(until: Date): readonly Row[] {
    return this.#library.rows('versions', until);
  }

  contentDocuments(until: Date): readonly Row[] {
    return this.#library.rows('documents', until);
  }

  contentDocumentLinks(until: Date): readonly Row[] {
    return this.#library.rows('links', until);
  }

  change(change: DatasetChange): void {
    const now = this.#input.now().getTime();
    if (change.kind === 'logins') this.#addSignIns(change.count, instantOf(change.at, now));
    else if (change.kind === 'setup-changes') this.#addSetupChanges(change.count, instantOf(change.at, now));
    else changeFiles(this.#files, change, now);
  }

  truth(until: Date, days = BACKFILL_DAYS): ReturnType<Dataset['truth']> {
    const from = new Date(until.getTime() - days * DAY);
    return {
      login_history: this.#logins.count(from, until),
      setup_audit_trail: this.#setup.count(from, until),
      event_log: distinctLogEvents(this.#archive.offers(until.getTime())),
      content_distribution: this.contentDistributions(until).length,
    };
  }

  #addSignIns(count: number, at: number): void {
    const { seed, population } = this.#input;
    const rows = extraSignIns(seed, population.roster, at, count, this.#extraRows, SYSTEM_USER_ID);
    this.#extraRows += count;
    this.#logins.add(rows.history);
    this.#geos.add(rows.geo);
  }

  #addSetupChanges(count: number, at: number): void {
    const { seed, population } = this.#input;
    this.#setup.add(extraSetupChanges(seed, population.roster, at, count, this.#extraRows));
    this.#extraRows += count;
  }
}

function instantOf(text: string | undefined, now: number): number {
  if (text === undefined) return now;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new RangeError(`"${text}" is not an instant in ISO 8601`);
  return at;
}
