import { makeId, to15 } from '../../ids.ts';
import { LOGIN_HOST } from '../sign-ins/staff.ts';
import { columns, drifting, requestColumns } from './event-type.ts';
import type { EventType } from './event-type.ts';
import { Recorder } from './recorder.ts';

const uriColumns = requestColumns(`
  USER_TYPE REQUEST_STATUS DB_TOTAL_TIME:Number DB_BLOCKS:Number DB_CPU_TIME:Number REFERRER_URI`);

export const uri: EventType = {
  name: 'URI',
  free: false,
  columns: () => uriColumns,
  events(day) {
    const recorder = new Recorder(day, 'URI');
    const { random } = recorder;
    for (const session of day.sessions) {
      if (session.kind === 'mobile') continue;
      for (const at of recorder.moments(session, random.between(1, 3))) {
        const record = makeId(random.pick(['001', '003', '006', '500']), random.between(70_000, 74_000));
        const page = random.chance(0.7)
          ? `/${to15(record)}`
          : random.pick(['/home/home.jsp', '/setup/forcecomHomepage.apexp']);
        recorder.add(at, session, {
          URI: page,
          URI_ID_DERIVED: page.length === 16 ? record : '',
          REQUEST_STATUS: random.weighted([
            ['S', 90],
            ['R', 5],
            ['N', 2],
            ['A', 1],
            ['', 2],
          ]),
          DB_BLOCKS: String(random.between(50, 20_000)),
          DB_CPU_TIME: String(random.between(0, 60) * 10),
          REFERRER_URI: random.chance(0.5) ? `https://${LOGIN_HOST}/home/home.jsp?q=a,b&tsid=02u` : '',
        });
      }
    }
    return recorder.events;
  },
};

const UI_COLUMNS = `
  APP_NAME BROWSER_NAME BROWSER_VERSION CLIENT_GEO CLIENT_ID CONNECTION_TYPE DEVICE_ID DEVICE_MODEL DEVICE_PLATFORM
  DEVICE_SESSION_ID:Id OS_NAME OS_VERSION PAGE_APP_NAME PAGE_CONTEXT PAGE_ENTITY_ID:Id PAGE_ENTITY_TYPE
  PAGE_START_TIME:Number PAGE_URL SDK_APP_TYPE SDK_APP_VERSION SDK_VERSION UI_EVENT_ID UI_EVENT_SEQUENCE_NUM:Number
  UI_EVENT_SOURCE UI_EVENT_TIMESTAMP:Number USER_AGENT USER_TYPE`;

const UI_HEAD = 'EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID USER_ID CLIENT_IP LOGIN_KEY SESSION_KEY';
const UI_TAIL = 'TIMESTAMP_DERIVED:DateTime USER_ID_DERIVED:Id';

const pageViewColumns = columns(`${UI_HEAD} ${UI_COLUMNS}
  DURATION:Number EFFECTIVE_PAGE_TIME:Double EFFECTIVE_PAGE_TIME_DEVIATION:Boolean
  EFFECTIVE_PAGE_TIME_DEVIATION_ERROR_TYPE EFFECTIVE_PAGE_TIME_DEVIATION_REASON GRANDPARENT_UI_ELEMENT
  PARENT_UI_ELEMENT TARGET_UI_ELEMENT PREVPAGE_APP_NAME PREVPAGE_CONTEXT PREVPAGE_ENTITY_ID:Id PREVPAGE_ENTITY_TYPE
  PREVPAGE_URL ${UI_TAIL}`);

const errorColumns = columns(`${UI_HEAD} ${UI_COLUMNS} UI_EVENT_TYPE COMPONENT_NAME MESSAGE STACK_TRACE ${UI_TAIL}`);

const pages = [
  ['one:recordHomeFlexipage2', 'Opportunity', '006'],
  ['one:recordHomeFlexipage2', 'Account', '001'],
  ['one:recordHomeFlexipage2', 'Case', '500'],
  ['force:objectHomeDesktop', 'Lead', ''],
  ['home:landing', '', ''],
] as const;

/** DEVICE_SESSION_ID is declared an Id and holds a 40-character hash. */
function pageCells(
  recorder: Recorder,
  session: Recorder['day']['sessions'][number],
  at: number,
): Record<string, string> {
  const { random } = recorder;
  const [context, entity, prefix] = random.pick(pages);
  const record = prefix === '' ? '' : makeId(prefix, random.between(70_000, 74_000));
  return {
    APP_NAME: 'one:one',
    BROWSER_NAME: session.person?.clients[0]?.browserName ?? '',
    BROWSER_VERSION: session.person?.clients[0]?.browserVersion ?? '',
    CLIENT_GEO: `${session.location.country}/${session.location.subdivision ?? ''}`,
    CONNECTION_TYPE: session.kind === 'mobile' ? 'LTE' : '',
    DEVICE_MODEL: session.kind === 'mobile' ? 'iPhone' : '',
    DEVICE_PLATFORM: session.kind === 'mobile' ? 'S1:BROWSER:PHONE' : 'SFX:BROWSER:DESKTOP',
    DEVICE_SESSION_ID: random.text(40, '0123456789abcdef'),
    OS_NAME: session.person?.clients[0]?.osName ?? '',
    OS_VERSION: session.person?.clients[0]?.osVersion ?? '',
    PAGE_APP_NAME: 'LightningSales',
    PAGE_CONTEXT: context,
    PAGE_ENTITY_ID: record,
    PAGE_ENTITY_TYPE: entity,
    PAGE_START_TIME: String(at - random.between(200, 4_000)),
    PAGE_URL: record === '' ? '/lightning/page/home' : `/lightning/r/${entity}/${record}/view`,
    UI_EVENT_ID: 'ltng:pageView',
    UI_EVENT_SEQUENCE_NUM: String(random.between(1, 90)),
    UI_EVENT_TIMESTAMP: String(at),
    USER_AGENT: session.userAgent,
    USER_TYPE: 'S',
    REQUEST_ID: random.chance(0.3) ? '' : random.text(22),
  };
}

export const lightningPageView: EventType = {
  name: 'LightningPageView',
  free: false,
  columns: () => pageViewColumns,
  events(day) {
    const recorder = new Recorder(day, 'LightningPageView');
    const { random } = recorder;
    for (const session of day.sessions) {
      for (const at of recorder.moments(session, random.between(1, 4))) {
        const slow = random.chance(0.03);
        const duration = slow ? random.between(8_000, 60_000) : random.between(180, 3_000);
        recorder.add(at, session, {
          ...pageCells(recorder, session, at),
          DURATION: String(duration),
          EFFECTIVE_PAGE_TIME: slow ? '' : `${duration}.0`,
          EFFECTIVE_PAGE_TIME_DEVIATION: slow ? 'true' : 'false',
          EFFECTIVE_PAGE_TIME_DEVIATION_REASON: slow ? 'PageNotLoaded' : '',
          PARENT_UI_ELEMENT: 'navigation',
          TARGET_UI_ELEMENT: 'tabitem-link',
          PREVPAGE_APP_NAME: 'LightningSales',
          PREVPAGE_CONTEXT: 'home:landing',
          PREVPAGE_URL: '/lightning/page/home',
        });
      }
    }
    return recorder.events;
  },
};

export const lightningError: EventType = {
  name: 'LightningError',
  free: false,
  columns: () => errorColumns,
  events(day) {
    const recorder = new Recorder(day, 'LightningError');
    const { random } = recorder;
    for (const session of day.sessions) {
      if (!random.chance(0.12)) continue;
      const [at = session.at] = recorder.moments(session, 1);
      recorder.add(at, session, {
        ...pageCells(recorder, session, at),
        UI_EVENT_ID: 'ltng:error',
        UI_EVENT_TYPE: 'error',
        COMPONENT_NAME: 'c:routeMap',
        MESSAGE: `Cannot read properties of undefined (reading 'stops')`,
        STACK_TRACE:
          'TypeError: stops\n    at renderedCallback (modules/c/routeMap.js:112:17)\n    at eval, "anonymous"',
      });
    }
    return recorder.events;
  },
};

const auraColumns = requestColumns(`
  USER_TYPE REQUEST_STATUS DB_TOTAL_TIME:Number REQUEST_METHOD ACTION_MESSAGE USER_AGENT`);

export const auraRequest: EventType = {
  name: 'AuraRequest',
  free: false,
  columns: drifting(auraColumns),
  events(day) {
    const recorder = new Recorder(day, 'AuraRequest');
    const { random } = recorder;
    for (const session of day.sessions) {
      for (const at of recorder.moments(session, random.between(0, 4))) {
        const action = random.pick([
          'getObjectInfo',
          'updateRecord',
          'createRecord',
          'getRecordWithFields',
          'deleteRecord',
        ]);
        recorder.add(at, session, {
          URI: '/aura',
          REQUEST_METHOD: 'POST',
          ACTION_MESSAGE: `1$aura://RecordUiController/ACTION$${action}=${random.between(2, 1_900)}`,
          USER_AGENT: session.userAgent,
        });
      }
    }
    return recorder.events;
  },
};
