import type { LakeColumn, PublishedUnit } from '../../extension/lake/worker.ts';
import { KNOWN_SOURCES } from '../../extension/lake/views-known.ts';
import { toCsv } from '../lake/csv.ts';
import { published, type LakeFolder } from '../lake/lake-folder.ts';

type Fields = Readonly<Record<string, unknown>>;

const TYPES = {
  VARCHAR: 'text',
  TIMESTAMP: 'timestamp',
  DOUBLE: 'double',
  BIGINT: 'bigint',
  BOOLEAN: 'boolean',
} as const;

/** The columns of a known source, as the fields that a query asks Salesforce for. */
export function columnsOf(source: string): LakeColumn[] {
  return Object.entries(KNOWN_SOURCES[source] ?? {}).map(([name, type]) => ({
    name: name.replace('_', '.'),
    type: TYPES[type as keyof typeof TYPES],
  }));
}

/** Puts records of one source into a lake. */
export async function publishRecords(
  lake: LakeFolder,
  source: string,
  timeColumn: string,
  key: readonly string[],
  records: readonly Fields[],
): Promise<PublishedUnit[]> {
  const input = await lake.raw(JSON.stringify({ totalSize: records.length, done: true, records }));
  const job = { inputs: [input], key, timeColumn, columns: columnsOf(source) };
  return published(source, null, await lake.worker.publish(lake.records(source, job)));
}

/** Puts events of one type and date into a lake. */
export async function publishEvents(
  lake: LakeFolder,
  eventType: string,
  date: string,
  events: readonly Readonly<Record<string, string>>[],
): Promise<PublishedUnit[]> {
  const names = [...new Set(events.flatMap((event) => Object.keys(event)))];
  const rows = events.map((event) => names.map((name) => event[name] ?? ''));
  const input = await lake.raw(toCsv([names, ...rows]));
  return published('event_log', eventType, await lake.worker.publish(lake.eventLog(eventType, date, [input])));
}

const PLACES = {
  Zurich: { SourceIp: '192.0.2.1', CountryIso: 'CH', LoginGeo: { Latitude: 47.37, Longitude: 8.54, City: 'Zürich' } },
  Bern: { SourceIp: '192.0.2.2', CountryIso: 'CH', LoginGeo: { Latitude: 46.95, Longitude: 7.44, City: 'Bern' } },
  Sydney: {
    SourceIp: '198.51.100.7',
    CountryIso: 'AU',
    LoginGeo: { Latitude: -33.87, Longitude: 151.21, City: 'Sydney' },
  },
  Unknown: { SourceIp: '203.0.113.66', CountryIso: 'NL', LoginGeo: null },
} as const;

/** A sign-in as LoginHistory has it. */
export function signIn(user: string, at: string, place: keyof typeof PLACES = 'Zurich', status = 'Success'): Fields {
  return {
    Id: `0Ya-${user}-${at}`,
    UserId: userId(user),
    LoginTime: `${at.length === 10 ? `${at}T08:00:00` : at}.000+0000`,
    Status: status,
    Application: 'Browser',
    ...PLACES[place],
  };
}

/** An 18-character id that says whose it is. */
export function userId(user: string): string {
  return `005${user.padEnd(12, '0')}AAA`;
}
