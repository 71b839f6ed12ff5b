import { randomFor } from '../random.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../time.ts';
import type { DayLog } from './day-log.ts';
import type { LogRow } from './log-row.ts';

/** A file that Salesforce would make of a day log by itself, and when. */
export interface PlannedFile {
  /** Hour of the day (0–23), or undefined for the daily file. */
  readonly hour: number | undefined;
  /** 0 for daily files; 1, 2 … for the files of an hour. */
  readonly sequence: number;
  readonly createdAt: number;
  /** When a new version takes this one's place; the old row is gone from then on. */
  readonly replacedAt: number;
  readonly rows: readonly LogRow[];
  /** Rows of the file that an earlier file of the hour holds already. */
  readonly redelivered: number;
}

const LATE_SHARE = 1 / 8;
const REGENERATED_SHARE = 1 / 25;

/** A log sorted out for its files. */
interface Sorted {
  readonly log: DayLog;
  readonly hours: ReadonlyMap<number, readonly LogRow[]>;
  /** Rows that reach Salesforce's log files late: they have a request id, so that no two of them are equal. */
  readonly late: ReadonlySet<LogRow>;
  /** When the daily file is made anew because of them. */
  readonly regeneratedAt: number | undefined;
}

/** All files that Salesforce makes of one type's log of one day. */
export function planFiles(seed: number, typeIndex: number, log: DayLog): PlannedFile[] {
  const hours = byHour(log);
  const late = lateRows(seed, typeIndex, log.day, hours);
  const sorted = {
    log,
    hours,
    late,
    regeneratedAt: late.size === 0 ? undefined : regeneratedAt(seed, typeIndex, log.day),
  };
  return [...dailyFiles(seed, typeIndex, sorted), ...hourlyFiles(seed, typeIndex, sorted)];
}

/** Daily files of a log: one, or two where events that came late made Salesforce write it anew. */
function dailyFiles(seed: number, typeIndex: number, sorted: Sorted): PlannedFile[] {
  const { log, late, regeneratedAt: anew } = sorted;
  if (log.rows.length === 0) return [];
  const random = randomFor(seed, 'daily file', typeIndex, log.day);
  const nextDay = (log.day + 1) * DAY;
  const turn = randomFor(seed, 'daily turn', typeIndex % 16).between(0, 22);
  const createdAt = nextDay + 3 * HOUR + turn * 15 * MINUTE + random.between(0, 9) * MINUTE;
  const daily = { hour: undefined, sequence: 0, redelivered: 0 };
  if (anew === undefined) return [{ ...daily, createdAt, replacedAt: Infinity, rows: log.rows }];
  const first = log.rows.filter((row) => !late.has(row));
  return [
    { ...daily, createdAt, replacedAt: anew, rows: first },
    { ...daily, createdAt: anew, replacedAt: Infinity, rows: log.rows },
  ];
}

/** Hourly files of a log: Sequence 1 three to six hours after the hour, Sequence 2 with what came later. */
function hourlyFiles(seed: number, typeIndex: number, sorted: Sorted): PlannedFile[] {
  const { log, late, regeneratedAt: anew } = sorted;
  return [...sorted.hours].flatMap(([hour, rows]) => {
    const random = randomFor(seed, 'hourly file', log.day, hour);
    const start = log.day * DAY + hour * HOUR;
    const createdAt = start + HOUR + 3 * HOUR + random.between(0, 170) * MINUTE + (typeIndex % 4) * 7 * SECOND;
    const onTime = rows.filter((row) => !late.has(row));
    const after = rows.filter((row) => late.has(row));
    const common = { hour, replacedAt: Infinity };
    const files: PlannedFile[] = [{ ...common, sequence: 1, createdAt, rows: onTime, redelivered: 0 }];
    if (after.length === 0) return files;
    const again = onTime.slice(0, hour % 2);
    files.push({
      ...common,
      sequence: 2,
      createdAt: anew ?? createdAt + random.between(2, 14) * HOUR,
      rows: [...again, ...after],
      redelivered: again.length,
    });
    return files;
  });
}

function lateRows(
  seed: number,
  typeIndex: number,
  day: number,
  hours: ReadonlyMap<number, readonly LogRow[]>,
): ReadonlySet<LogRow> {
  const late = new Set<LogRow>();
  for (const [hour, rows] of hours) {
    if (rows.length < 4 || !randomFor(seed, 'late', typeIndex, day, hour).chance(LATE_SHARE)) continue;
    rows.forEach((row, index) => {
      if (index % 5 === 2 && row.requestId !== '') late.add(row);
    });
  }
  return late;
}

function regeneratedAt(seed: number, typeIndex: number, day: number): number | undefined {
  const random = randomFor(seed, 'regenerated', typeIndex, day);
  if (!random.chance(REGENERATED_SHARE)) return undefined;
  return (day + 1) * DAY + random.between(20 * 60, 34 * 60) * MINUTE + 11 * SECOND;
}

function byHour(log: DayLog): Map<number, LogRow[]> {
  const hours = new Map<number, LogRow[]>();
  for (const row of log.rows) {
    const hour = Math.floor((row.at - log.day * DAY) / HOUR);
    const rows = hours.get(hour);
    if (rows === undefined) hours.set(hour, [row]);
    else rows.push(row);
  }
  return hours;
}
