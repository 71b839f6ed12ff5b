import { HOUR, MINUTE } from '../../extension/shared/utc.ts';
import { userId } from '../insights/story.ts';

export type Fields = Readonly<Record<string, unknown>>;

const DAYS = 40;
const PEOPLE = ['ada', 'bert', 'carla', 'dmitri', 'emi', 'farid', 'greta', 'hugo', 'ines', 'jonas', 'kofi', 'lena'];
const COUNTRIES = ['CH', 'CH', 'CH', 'DE', 'DE', 'JP', 'US', 'FR', 'BR'];
const APPLICATIONS = ['Browser', 'Browser', 'Browser', 'Salesforce for iOS', 'Data Loader', '=cmd()', 'MuleSoft'];
const SECTIONS = ['Manage Users', 'Manage Users', 'Security Controls', 'Connected Apps', 'Sharing Defaults', null];
const TYPES = ['URI', 'API', 'RestApi', 'Report', 'ReportExport', 'LightningPageView', 'Login'];

/** One of several, the same each time. */
function pick<T>(from: readonly T[], number: number): T {
  return from[((number * 2654435761) >>> 7) % from.length] as T;
}

function stamp(time: number): string {
  return new Date(time).toISOString().replace('Z', '+0000');
}

/** Sign-ins of forty days, fewer at weekends, and a night of guessing a week ago. */
export function signIns(now: number): Fields[] {
  const rows: Fields[] = [];
  for (let day = 0; day < DAYS; day++) {
    const midnight = Math.floor(now / (24 * HOUR)) * 24 * HOUR - day * 24 * HOUR;
    const isWeekend = [0, 6].includes(new Date(midnight).getUTCDay());
    const many = day === 7 ? 150 : isWeekend ? 18 : 70 + ((day * 37) % 40);
    for (let index = 0; index < many; index++) {
      const number = day * 1000 + index;
      const failed = day === 7 ? index % 3 !== 0 : index % 17 === 0;
      rows.push({
        Id: `0Ya${String(number).padStart(12, '0')}AAA`,
        UserId: userId(pick(PEOPLE, number)),
        LoginTime: stamp(Math.min(midnight + ((index * 7919) % 1440) * MINUTE, now - index * 1000)),
        Status: failed ? 'Invalid Password' : 'Success',
        Application: pick(APPLICATIONS, number * 3),
        SourceIp: `198.51.100.${number % 200}`,
        CountryIso: day === 7 && failed ? 'NL' : index % 29 === 0 ? null : pick(COUNTRIES, number * 5),
        LoginType: 'Application',
        Browser: 'Chrome 140',
        Platform: 'Windows 11',
      });
    }
  }
  return rows;
}

export function changes(now: number): Fields[] {
  return Array.from({ length: 90 }, (_, number) => ({
    Id: `0Ym${String(number).padStart(12, '0')}AAA`,
    Action: pick(['PermSetAssign', 'changedApexClass', 'createduser', 'suOrgAdminLogin'], number),
    Section: pick(SECTIONS, number),
    CreatedDate: stamp(now - number * 9 * HOUR),
    CreatedById: userId(pick(PEOPLE, number)),
    Display: `Change ${number}`,
    CreatedBy: { Username: `${pick(PEOPLE, number)}@acme.example`, Name: pick(PEOPLE, number) },
  }));
}

export function links(now: number): Fields[] {
  return Array.from({ length: 23 }, (_, number) => ({
    Id: `05D${String(number).padStart(12, '0')}AAA`,
    Name: `Offer ${number}`,
    PreferencesPasswordRequired: number % 4 === 0,
    PreferencesExpires: number % 3 === 0,
    ExpiryDate: number % 3 === 0 ? stamp(now + 90 * 24 * HOUR) : null,
    ViewCount: number * 3,
    SystemModstamp: stamp(now - number * 20 * HOUR),
    CreatedDate: stamp(now - number * 20 * HOUR),
    CreatedById: userId(pick(PEOPLE, number)),
  }));
}

interface EventFile {
  readonly type: string;
  readonly date: string;
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** Event log files of two days. */
export function events(now: number): EventFile[] {
  return TYPES.flatMap((type, size) =>
    [1, 2].map((day) => {
      const date = new Date(now - day * 24 * HOUR).toISOString().slice(0, 10);
      const rows = Array.from({ length: 40 + (7 - size) * 60 }, (_, number) => ({
        EVENT_TYPE: type,
        TIMESTAMP_DERIVED: `${date}T${String(number % 24).padStart(2, '0')}:00:00.000Z`,
        REQUEST_ID: `${type}-${day}-${number}`,
        USER_ID_DERIVED: userId(pick(PEOPLE, number)),
        CLIENT_IP: `198.51.100.${number % 200}`,
        URI: `/lightning/r/Account/001${String(number).padStart(12, '0')}/view`,
      }));
      return { type, date, rows };
    }),
  );
}
