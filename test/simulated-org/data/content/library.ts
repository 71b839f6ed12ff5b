import type { Row } from '../../model.ts';
import type { Person } from '../population/roster.ts';
import { DAY, dayOf } from '../time.ts';
import { contentDistributionRow, contentDocumentLinkRow, contentDocumentRow, contentVersionRow } from './rows.ts';
import { filesOfDay } from './shared-file.ts';
import type { SharedFile } from './shared-file.ts';

interface FileRows {
  readonly documents: Row[];
  readonly versions: Row[];
  readonly links: Row[];
  readonly distributions: Row[];
}

export type ContentRows = keyof FileRows;

/** The org's files as the four content objects show them. */
export class Library {
  readonly #seed: number;
  readonly #scale: number;
  readonly #roster: readonly Person[];
  readonly #historyDays: number;
  readonly #days = new Map<number, SharedFile[]>();
  readonly #settled = new Map<SharedFile, FileRows>();

  constructor(seed: number, scale: number, roster: readonly Person[], historyDays: number) {
    this.#seed = seed;
    this.#scale = scale;
    this.#roster = roster;
    this.#historyDays = historyDays;
  }

  filesOfDay(day: number): readonly SharedFile[] {
    let files = this.#days.get(day);
    if (files === undefined) {
      files = filesOfDay(this.#seed, this.#scale, this.#roster, day);
      this.#days.set(day, files);
    }
    return files;
  }

  /** Rows of one content object that exist at `until`, ascending by creation then Id. */
  rows(object: ContentRows, until: Date): Row[] {
    const at = until.getTime();
    const rows: Row[] = [];
    for (let day = dayOf(at) - this.#historyDays; day <= dayOf(at); day++) {
      for (const file of this.filesOfDay(day)) rows.push(...this.#rowsOf(file, at)[object]);
    }
    const field = object === 'links' ? 'SystemModstamp' : 'CreatedDate';
    const key = (row: Row): string => `${String(row[field])}${String(row['Id'])}`;
    return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  }

  #rowsOf(file: SharedFile, until: number): FileRows {
    const settled = this.#settled.get(file);
    if (settled !== undefined && file.settledAt <= until) return settled;
    const exists = (thing: { readonly at: number }): boolean => thing.at <= until;
    const versions = file.versions.filter(exists);
    const rows = {
      documents: versions.length === 0 ? [] : [contentDocumentRow(file, until)],
      versions: versions.map((version) => contentVersionRow(file, version, until)),
      links: file.links.filter(exists).map((link) => contentDocumentLinkRow(file, link)),
      distributions:
        file.delivery !== undefined && exists(file.delivery)
          ? [contentDistributionRow(file, file.delivery, until)]
          : [],
    };
    if (file.settledAt <= until) this.#settled.set(file, rows);
    return rows;
  }
}

/** Days back from a day's files that its events may still refer to. */
const RECENT_DAYS = 4;

/** Files that people work with on the given day: new ones and those of the days before. */
export function recentFiles(library: Library, day: number): SharedFile[] {
  const files: SharedFile[] = [];
  for (let back = RECENT_DAYS; back >= 0; back--) files.push(...library.filesOfDay(day - back));
  return files.filter((file) => file.versions[0].at < (day + 1) * DAY);
}
