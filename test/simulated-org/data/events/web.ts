import { LOGIN_HOST } from '../sign-ins/staff.ts';
import { columns, requestColumns } from './event-type.ts';
import type { EventType } from './event-type.ts';
import { Recorder } from './recorder.ts';

const corsColumns = columns(`
  EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID:Id ORIGIN HOST TIMESTAMP_DERIVED:DateTime`);

export const corsViolation: EventType = {
  name: 'CorsViolation',
  free: true,
  columns: () => corsColumns,
  events(day) {
    const recorder = new Recorder(day, 'CorsViolation');
    const { random } = recorder;
    for (let number = random.between(1, 5); number > 0; number--) {
      recorder.add(
        day.start + random.between(18_000_000, 70_000_000),
        {},
        {
          ORIGIN: 'https://shop.alpenglow.example',
          HOST: `https://${LOGIN_HOST}`,
        },
      );
    }
    return recorder.events;
  },
};

/** TIMESTAMP is declared a DateTime and written as digits all the same. */
const cspColumns = columns(`
  EVENT_TYPE TIMESTAMP:DateTime REQUEST_ID CONTEXT DIRECTIVE DISPOSITION BLOCKED_URI BLOCKED_URI_DOMAIN SOURCE
  SOURCE_FILE LINE_NUMBER:Number COLUMN_NUMBER:Number RESOURCE_SAMPLE TIMESTAMP_DERIVED:DateTime`);

export const cspViolation: EventType = {
  name: 'CspViolation',
  free: true,
  columns: () => cspColumns,
  events(day) {
    const recorder = new Recorder(day, 'CspViolation');
    const { random } = recorder;
    for (let number = random.between(2, 8); number > 0; number--) {
      const script = random.chance(0.4);
      recorder.add(
        day.start + random.between(18_000_000, 70_000_000),
        {},
        {
          CONTEXT: 'Lightning',
          DIRECTIVE: script ? 'script-src' : 'img-src',
          DISPOSITION: random.pick(['enforce', 'report']),
          BLOCKED_URI: script ? 'inline' : 'https://cdn.tracker.example/pixel.gif?a=1,2',
          BLOCKED_URI_DOMAIN: script ? '' : 'cdn.tracker.example',
          SOURCE: `https://${LOGIN_HOST}/lightning/page/home`,
          SOURCE_FILE: script ? 'https://www.example.com/script_xyz.js' : '',
          LINE_NUMBER: script ? String(random.between(1, 900)) : '',
          COLUMN_NUMBER: script ? String(random.between(1, 120)) : '',
          RESOURCE_SAMPLE: script ? 'var session={"server":"https:\\/\\/"};\ngreyLink(\'row\',' : '',
        },
      );
    }
    return recorder.events;
  },
};

const redirectColumns = requestColumns(`
  MESSAGE DOMAIN:Url SOURCE_HOSTNAME TARGET_HOSTNAME PATH REDIRECT_REASON IS_BLOCKED_REDIRECTION:Boolean REFERRER
  ORIGIN`);

/** TIMESTAMP without milliseconds. */
export const hostnameRedirects: EventType = {
  name: 'HostnameRedirects',
  free: true,
  columns: () => redirectColumns,
  events(day) {
    const recorder = new Recorder(day, 'HostnameRedirects');
    const { random } = recorder;
    for (const session of day.sessions) {
      if (!random.chance(0.06) && session !== day.sessions[0]) continue;
      const at = Math.floor((recorder.moments(session, 1)[0] ?? session.at) / 1_000) * 1_000;
      const iso = new Date(at).toISOString();
      recorder.add(at, session, {
        TIMESTAMP: iso.slice(0, 19).replace(/[-:T]/g, ''),
        SOURCE_HOSTNAME: 'alpenglow.eu12.force.com',
        TARGET_HOSTNAME: LOGIN_HOST,
        PATH: '/apex/RentalContract',
        REDIRECT_REASON: 'Redirected due to a hostname mismatch.',
        IS_BLOCKED_REDIRECTION: '0',
        REFERRER: `https://${LOGIN_HOST}/`,
      });
    }
    return recorder.events;
  },
};

const assetColumns = requestColumns('UNIQUE_ID ASSET_TYPE DISPOSITION DOCUMENT_URI INSECURE_URI NETWORK_ID TYPE');

export const insecureExternalAssets: EventType = {
  name: 'InsecureExternalAssets',
  free: true,
  columns: () => assetColumns,
  events(day) {
    const recorder = new Recorder(day, 'InsecureExternalAssets');
    const { random } = recorder;
    for (const session of day.sessions) {
      if (!random.chance(0.07) && session !== day.sessions[0]) continue;
      const [at = session.at] = recorder.moments(session, 1);
      recorder.add(at, session, {
        UNIQUE_ID: random.text(32, '0123456789abcdef'),
        ASSET_TYPE: random.pick(['Image', 'Script', 'Style']),
        DISPOSITION: 'report',
        DOCUMENT_URI: `https://${LOGIN_HOST}/apex/RentalContract`,
        INSECURE_URI: 'http://ajax.cdn.example/libs/legacy.js',
        TYPE: 'Visualforce',
      });
    }
    return recorder.events;
  },
};
