import { t } from '@vscode/l10n';
import type { DiscoveredFile } from '../lake/ledger-files.ts';
import type { Position } from '../lake/ledger-windows.ts';
import { MINUTE } from '../shared/utc.ts';
import { eventLogFields, eventLogQuery } from '../sources/soql.ts';
import type { EventLogSource } from '../sources/source.ts';
import { absentFields, learnAbsence } from './absent-fields.ts';
import { cutShort, MOST_QUERIES } from './pull-records.ts';
import { dayName, supersededBy, unitsOf } from './event-log-units.ts';
import { isWanted } from './event-types.ts';
import { readListed } from './read-listing.ts';
import { isTooMuch, Portions } from './portions.ts';
import { reachBack } from './reach-back.ts';
import type { SourceRun } from './source-run.ts';

/** Of an entry that is passed over, so many characters are in the log. */
const SHOWN = 300;

/**
 * Notes in the ledger every event log file that the org has listed since the cursor, and those from before all that was
 * asked for so far, where more is asked for now. A file that is noted is never forgotten until it is in the lake, so the
 * cursor may pass it.
 */
export async function discover(run: SourceRun, source: EventLogSource): Promise<void> {
  run.tell('discover');
  const { ledger, clock } = run.parts;
  const cursor = ledger.windows.cursor(source.name);
  const reach = ledger.transaction(() => reachBack(run, source, cursor === undefined));
  await listSpan(run, source, cursor ? cursor.time - source.overlap : reach.begin, null);
  // The file that was listed last must be listed again, for as long as the org is known to keep files.
  run.isBlank =
    cursor !== undefined && run.records === 0 && clock.now() - cursor.time < ledger.files.longestKept(source.name);
  const { older } = reach;
  if (older) {
    await listSpan(run, source, older.from, older.to);
    // Only now: a listing that broke off begins anew.
    ledger.transaction(() => ledger.spans.begin(source.name, older.from, clock.now()));
  }
  const choice = run.parts.eventTypes ?? {};
  ledger.transaction(() => {
    ledger.scope.passOverPruned(source.name);
    ledger.scope.chooseEventTypes(source.name, (eventType) => isWanted(choice, eventType));
  });
  passOverSuperseded(run, source);
}

/** Lists the files of a span of CreatedDate; in parts, where Salesforce gives up the query. */
async function listSpan(run: SourceRun, source: EventLogSource, from: number | null, to: number | null): Promise<void> {
  const { door, signal, clock } = run.parts;
  const seen = new Map<string, string>();
  const portions = new Portions(run);
  let begin = from;
  let after: Position | null = null;
  for (let queries = 1; ; queries++) {
    const fields = eventLogFields(absentFields(run));
    const start: number = after?.time ?? begin ?? FIRST_FILE;
    const width = (to ?? clock.now()) - start;
    const end = width > portions.most ? start + Math.ceil(portions.most) : to;
    const soql = eventLogQuery({ from: begin, to: end, after }, fields);
    let left: number | undefined;
    const before: Position | null = after;
    try {
      const options = { purpose: t('query {0}', source.object), onCall: run.onCall, signal };
      for await (const page of door.query(soql, options)) {
        left = (left ?? page.totalSize) - page.records.length;
        run.records += page.records.length;
        after = note(run, source, page.records, seen) ?? after;
      }
      if ((left ?? 0) > 0) {
        if (isSame(after, before) || queries >= MOST_QUERIES) throw cutShort(source.object);
      } else if (end === to) return;
      else {
        portions.answer(Number(end) - start);
        begin = end;
        after = null;
      }
    } catch (error) {
      const asked = Math.min(width, portions.most);
      if (isTooMuch(error) && asked > MINUTE) portions.refuse(asked);
      else learnAbsence(run, source, error, fields);
    }
  }
}

/** Salesforce has written event log files since 2014. */
const FIRST_FILE = Date.UTC(2014, 0, 1);

function isSame(one: Position | null, other: Position | null): boolean {
  return one?.time === other?.time && one?.id === other?.id;
}

/**
 * Notes the files of one page of the list. What cannot be true is told and passed over; the rest is noted.
 * @returns the place of the last one
 */
function note(
  run: SourceRun,
  source: EventLogSource,
  entries: readonly unknown[],
  seen: Map<string, string>,
): Position | undefined {
  const { ledger, clock, log } = run.parts;
  const now = clock.now();
  const files: DiscoveredFile[] = [];
  const passOver = (entry: unknown, problem: string): void => {
    run.passedOver++;
    log.warn(`An event log file is passed over: ${problem}. ${JSON.stringify(entry).slice(0, SHOWN)}`);
  };
  for (const entry of entries) {
    const listed = readListed(source.name, entry);
    if (!listed.file) {
      passOver(entry, listed.problem);
      continue;
    }
    const { file, leftOut } = listed;
    const facts = JSON.stringify(file);
    if ((seen.get(file.identity) ?? facts) !== facts) {
      passOver(entry, 'the list has it with other facts, too');
      continue;
    }
    seen.set(file.identity, facts);
    files.push(file);
    if (leftOut.length > 0) {
      const about = `${file.eventType} of ${file.eventDate} (${file.salesforceId})`;
      log.warn(`${about}: ${leftOut.join(', ')} cannot be true; it is fetched without.`);
    }
  }
  let last: Position | undefined;
  ledger.transaction(() => {
    for (const file of files) {
      if (!ledger.files.discover(file, now)) askAgain(run, file);
      const { createdDate, salesforceId } = file;
      // A cursor that runs ahead of the clock would pass over what is listed until then.
      last = createdDate > now ? { time: now, id: '' } : { time: createdDate, id: salesforceId };
    }
    if (last) ledger.windows.advance(source.name, last);
  });
  return last;
}

/** What the org lists again is not gone, whatever it answered. */
function askAgain(run: SourceRun, { source, eventType, eventDate, salesforceId, createdDate }: DiscoveredFile): void {
  const { files } = run.parts.ledger;
  const gone = files
    .eventLogFilesOf(source, eventType, eventDate)
    .filter((file) => file.state === 'gone' && file.salesforceId === salesforceId && file.createdDate === createdDate);
  files.mark(gone, 'discovered');
}

/** A day that has its daily file needs none of the hourly files from before it: they are not even downloaded. */
export function passOverSuperseded(run: SourceRun, source: EventLogSource): void {
  const { ledger } = run.parts;
  const days = new Map(ledger.files.eventLogFiles(source.name, 'discovered').map((file) => [dayName(file), file]));
  ledger.transaction(() => {
    for (const { eventType, eventDate } of days.values()) {
      const listed = ledger.files.eventLogFilesOf(source.name, eventType, eventDate);
      // One that fails stands in for no other.
      const all = listed.filter((file) => file.state !== 'gone' && file.nextTry === null);
      const passed = supersededBy(unitsOf(all), all).filter((file) => file.state === 'discovered');
      ledger.files.mark(passed, 'superseded');
    }
  });
}
