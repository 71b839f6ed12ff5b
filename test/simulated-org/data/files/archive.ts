import type { Row } from '../../model.ts';
import { eventTypes } from '../events/registry.ts';
import { DAY, HOUR, dayOf } from '../time.ts';
import type { Amendments, LateFile, RegeneratedFile } from './amendments.ts';
import { bodyLength, rowCount, streamBody } from './body.ts';
import type { Segment } from './body.ts';
import { headerLine } from './csv.ts';
import { sharedColumns } from './inventory.ts';
import type { DaySummary, FileSummary, Inventory } from './inventory.ts';
import { amendedId, eventLogFileRow, plannedId, withMore } from './offer.ts';
import type { Offer } from './offer.ts';

export interface ArchiveOptions {
  readonly inventory: Inventory;
  readonly amendments: Amendments;
  readonly hourly: boolean;
  /** Days that a daily file is kept after its creation. */
  readonly retentionDays: number;
  readonly createdById: string;
}

interface Listing {
  readonly version: number;
  /** The listing holds for instants from `from` to before `to`. */
  readonly from: number;
  readonly to: number;
  readonly offers: readonly Offer[];
}

/** Hourly files are offered for this long, so that about the last two days have them. */
const HOURLY_KEPT = 54 * HOUR;
/** Files stay a little longer than promised, until the next purge: no type is ever without a file between two days. */
const PURGE_DELAY = 2 * HOUR;
/** A daily file is created at most this many days after its day's start. */
const LATEST_CREATION_DAYS = 3;

/** The event log files that the org offers at an instant, and their contents. */
export class Archive {
  readonly #options: ArchiveOptions;
  readonly #rows = new Map<string, Row>();
  #listing: Listing | undefined;
  #answer: { readonly offers: readonly Offer[]; readonly rows: readonly Row[] } | undefined;

  constructor(options: ArchiveOptions) {
    this.#options = options;
  }

  /** EventLogFile rows, ascending by CreatedDate then Id. */
  rows(until: number): readonly Row[] {
    const offers = this.offers(until);
    if (this.#answer?.offers !== offers) this.#answer = { offers, rows: offers.map((offer) => this.#row(offer)) };
    return this.#answer.rows;
  }

  open(id: string, until: number): AsyncIterable<Uint8Array> | undefined {
    const offer = this.offers(until).find((each) => each.id === id);
    return offer === undefined ? undefined : streamBody(offer.header, offer.segments());
  }

  /** Files that exist at `until`, ascending by creation then Id. */
  offers(until: number): readonly Offer[] {
    const { amendments } = this.#options;
    const known = this.#listing;
    if (known !== undefined && known.version === amendments.version && known.from <= until && until < known.to) {
      return known.offers;
    }
    const candidates = this.#candidates(until);
    let [from, to] = [dayOf(until) * DAY, (dayOf(until) + 1) * DAY];
    for (const { createdAt, goneAt } of candidates) {
      for (const edge of [createdAt, goneAt]) {
        if (edge <= until) from = Math.max(from, edge);
        else to = Math.min(to, edge);
      }
    }
    const offers = candidates
      .filter(({ createdAt, goneAt }) => createdAt <= until && until < goneAt)
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    this.#listing = { version: amendments.version, from, to, offers };
    return offers;
  }

  #row(offer: Offer): Row {
    const key = `${offer.id}/${offer.length}`;
    let row = this.#rows.get(key);
    if (row === undefined) {
      row = eventLogFileRow(offer, this.#options.hourly, this.#options.createdById);
      this.#rows.set(key, row);
    }
    return row;
  }

  #candidates(until: number): Offer[] {
    const offers: Offer[] = [];
    const first = dayOf(until) - this.#options.retentionDays - LATEST_CREATION_DAYS;
    for (let day = first; day <= dayOf(until); day++) {
      const summaries = this.#options.inventory.day(day);
      for (const summary of summaries) this.#offersOf(summary, until, offers);
    }
    for (const day of this.#options.amendments.days()) {
      for (const type of this.#options.amendments.typesOn(day)) {
        const known =
          day >= first ? this.#options.inventory.day(day).find((each) => each.type.name === type) : undefined;
        if (known === undefined) this.#amended(emptySummary(type, day), until, offers);
      }
    }
    return offers;
  }

  #offersOf(summary: DaySummary, until: number, into: Offer[]): void {
    const regenerated = this.#amended(summary, until, into);
    const late = this.#options.amendments.find(summary.type.name, summary.day)?.late ?? [];
    summary.daily.forEach((file, version) => {
      const replacedAt = Math.min(file.replacedAt, regenerated?.createdAt ?? Infinity);
      if (replacedAt <= file.createdAt) return;
      const offer = this.#planned(summary, file, version, Math.min(replacedAt, file.createdAt + this.#retention));
      into.push(withMore(offer, segmentsOf(late.filter(({ createdAt }) => createdAt <= file.createdAt))));
    });
    if (!this.#options.hourly) return;
    for (const file of summary.hourly) {
      into.push(this.#planned(summary, file, file.sequence, file.createdAt + HOURLY_KEPT));
    }
  }

  get #retention(): number {
    return this.#options.retentionDays * DAY + PURGE_DELAY;
  }

  #planned(summary: DaySummary, file: FileSummary, version: number, goneAt: number): Offer {
    return {
      id: plannedId(summary.typeIndex, summary.day, file.hour, version),
      eventType: summary.type.name,
      day: summary.day,
      hour: file.hour,
      sequence: file.sequence,
      createdAt: file.createdAt,
      goneAt,
      columns: summary.columns,
      header: summary.header,
      rows: file.rows,
      redelivered: file.redelivered,
      length: file.length,
      segments: () => this.#options.inventory.segments(summary, file),
    };
  }

  /** Files made on demand; answers the daily file that takes the place of the planned ones. */
  #amended(summary: DaySummary, until: number, into: Offer[]): RegeneratedFile | undefined {
    const amendment = this.#options.amendments.find(summary.type.name, summary.day);
    if (amendment === undefined) return undefined;
    const offer = (file: LateFile | RegeneratedFile, segments: readonly Segment[]): Offer => ({
      id: amendedId(file.serial),
      eventType: summary.type.name,
      day: summary.day,
      hour: undefined,
      sequence: 0,
      createdAt: file.createdAt,
      goneAt: file.createdAt + this.#retention,
      columns: summary.columns,
      header: summary.header,
      rows: rowCount(segments),
      redelivered: 0,
      length: bodyLength(summary.header, segments),
      segments: () => segments,
    });
    for (const file of amendment.late) {
      const { hour, sequence, createdAt } = file;
      into.push({ ...offer(file, [{ rows: file.rows, copies: 1 }]), hour, sequence, goneAt: createdAt + HOURLY_KEPT });
    }
    const { regenerated } = amendment;
    if (regenerated === undefined || regenerated.createdAt > until) return undefined;
    const late = amendment.late.filter(({ serial }) => serial < regenerated.serial);
    const added = [...segmentsOf(late), ...regenerated.added];
    const full = summary.daily.at(-1);
    if (full === undefined) {
      into.push(offer(regenerated, added));
    } else {
      const { id, createdAt, goneAt } = offer(regenerated, []);
      into.push(withMore({ ...this.#planned(summary, full, 0, goneAt), id, createdAt }, added));
    }
    return regenerated;
  }
}

function segmentsOf(late: readonly LateFile[]): Segment[] {
  return late.map((file) => ({ rows: file.rows, copies: 1 }));
}

function emptySummary(eventType: string, day: number): DaySummary {
  return {
    typeIndex: eventTypes.length,
    type: { name: eventType, free: false, columns: () => sharedColumns, events: () => [] },
    day,
    columns: sharedColumns,
    header: headerLine(sharedColumns),
    daily: [],
    hourly: [],
  };
}
