import { makeId } from '../../ids.ts';
import type { Person } from '../population/roster.ts';
import { randomFor } from '../random.ts';
import type { Random } from '../random.ts';
import { takeoverOf } from '../sign-ins/incidents.ts';
import { DAY, HOUR, MINUTE, SECOND, isWorkday } from '../time.ts';
import { fileKinds, titles } from './titles.ts';
import type { FileKind } from './titles.ts';

export interface FileVersion {
  readonly id: string;
  readonly number: number;
  readonly at: number;
  readonly size: number;
}

export interface FileLink {
  readonly id: string;
  readonly at: number;
  readonly linkedEntityId: string;
  readonly shareType: 'V' | 'C' | 'I';
  readonly visibility: 'AllUsers' | 'InternalUsers' | 'SharedUsers';
}

/** A public link to a file (content delivery). */
export interface Delivery {
  readonly id: string;
  readonly at: number;
  readonly owner: Person;
  readonly password: string | null;
  readonly expiresAt: number | null;
  /** When it was opened, ascending. */
  readonly views: readonly number[];
}

/** One file with its versions, where it is shared and the public link that leads to it. */
export interface SharedFile {
  readonly documentId: string;
  readonly owner: Person;
  readonly title: string;
  readonly kind: FileKind;
  readonly versions: readonly [FileVersion, ...FileVersion[]];
  readonly links: readonly FileLink[];
  readonly delivery: Delivery | undefined;
  /** From here on nothing about the file changes any more. */
  readonly settledAt: number;
}

/** Files that came into the org on one UTC day, ascending by time of the first version. */
export function filesOfDay(seed: number, scale: number, roster: readonly Person[], day: number): SharedFile[] {
  const random = randomFor(seed, 'files', day);
  const count = random.count((isWorkday(day) ? 4 : 0.6) * scale);
  const starts = Array.from({ length: count }, () => day * DAY + Math.floor((6 + random.next() * 13) * 3_600) * SECOND);
  const owners = roster.filter((person) => person.active && !person.frozen);
  const files = starts
    .sort((a, b) => a - b)
    .map((at, index) =>
      createFile(random, day * 100_000 + index, at, random.pick(owners), random.pick(titles), random.chance(0.3)),
    );
  const takeover = takeoverOf(seed, roster, day);
  if (takeover === undefined) return files;
  const title = 'Kundenliste 2026 – alle Regionen';
  const stolen = createFile(
    random,
    day * 100_000 + 99_999,
    takeover.publicLinkAt - 3 * MINUTE,
    takeover.victim,
    title,
    false,
  );
  const views = [2, 3, 3.5, 9, 41].map((minutes) => takeover.publicLinkAt + minutes * MINUTE);
  const delivery = {
    id: makeId('05D', day * 100_000 + 99_999),
    at: takeover.publicLinkAt,
    owner: takeover.victim,
    password: null,
    expiresAt: null,
    views,
  };
  const exposed = {
    ...stolen,
    kind: fileKinds[0] as FileKind,
    delivery,
    settledAt: Math.max(stolen.settledAt, ...views),
  };
  return [...files, exposed].sort((a, b) => a.versions[0].at - b.versions[0].at);
}

function createFile(
  random: Random,
  number: number,
  at: number,
  owner: Person,
  title: string,
  delivered: boolean,
): SharedFile {
  const kind = random.pick(fileKinds);
  const size = Math.floor(kind.typicalBytes * (0.2 + random.next() * 3));
  const first: FileVersion = { id: makeId('068', number * 4 + 1), number: 1, at, size };
  const second = random.chance(0.25)
    ? { id: makeId('068', number * 4 + 2), number: 2, at: at + random.between(4, 90) * MINUTE, size: size + 1_024 }
    : undefined;
  const delivery = delivered ? createDelivery(random, number, at, owner) : undefined;
  const links = createLinks(random, number, at, owner);
  return {
    documentId: makeId('069', number),
    owner,
    title,
    kind,
    versions: second === undefined ? [first] : [first, second],
    links,
    delivery,
    settledAt: Math.max(second?.at ?? at, delivery?.views.at(-1) ?? 0, delivery?.at ?? 0, links.at(-1)?.at ?? 0),
  };
}

function createLinks(random: Random, number: number, at: number, owner: Person): FileLink[] {
  const link = (index: number, linkedEntityId: string, rest: Pick<FileLink, 'shareType' | 'visibility'>): FileLink => ({
    id: makeId('06A', number * 4 + index),
    at: at + (index === 0 ? 0 : random.between(1, 40) * SECOND),
    linkedEntityId,
    ...rest,
  });
  const links = [link(0, owner.id, { shareType: 'I', visibility: 'AllUsers' })];
  if (random.chance(0.7)) {
    const record = makeId(random.pick(['001', '006', '500']), 70_000 + random.between(0, 4_000));
    links.push(link(1, record, { shareType: 'V', visibility: random.chance(0.4) ? 'AllUsers' : 'InternalUsers' }));
  }
  if (random.chance(0.25))
    links.push(link(2, makeId('0F9', random.between(1, 12)), { shareType: 'C', visibility: 'InternalUsers' }));
  return links.sort((a, b) => a.at - b.at);
}

function createDelivery(random: Random, number: number, at: number, owner: Person): Delivery {
  const start = at + random.between(2, 120) * MINUTE;
  const views = Array.from(
    { length: random.between(0, 9) },
    () => start + Math.floor(random.next() * 60 * 3_600) * SECOND,
  );
  return {
    id: makeId('05D', number),
    at: start,
    owner,
    password: random.chance(0.45) ? random.text(9) : null,
    expiresAt: random.chance(0.5) ? start + random.between(7, 90) * 24 * HOUR : null,
    views: views.sort((a, b) => a - b),
  };
}
