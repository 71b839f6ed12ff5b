import { makeId, to15 } from '../../ids.ts';
import { columns } from './event-type.ts';
import type { EventType } from './event-type.ts';
import { Recorder } from './recorder.ts';

const searchColumns = columns(`
  EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID:Id USER_ID:Id QUERY_ID SEARCH_QUERY PREFIXES_SEARCHED
  NUM_RESULTS:Number TIMESTAMP_DERIVED:DateTime`);

const terms = [
  'acme_*',
  'Bestellübersicht',
  'rope, 60 m',
  '"exact phrase"',
  '田中',
  'refund',
  'Müller & Söhne',
] as const;

/** The term comes in quotation marks of its own, so that the file has three in a row; without REQUEST_ID. */
export const search: EventType = {
  name: 'Search',
  free: false,
  columns: () => searchColumns,
  events(day) {
    const recorder = new Recorder(day, 'Search');
    const { random } = recorder;
    for (const session of day.sessions) {
      for (const at of recorder.moments(session, random.between(0, 2))) {
        recorder.add(at, session, {
          REQUEST_ID: '',
          QUERY_ID: random.text(13).toLowerCase(),
          SEARCH_QUERY: `"${random.pick(terms)}"`,
          PREFIXES_SEARCHED: random.pick(['001', '001,003,006', '500']),
          NUM_RESULTS: String(random.between(0, 50)),
        });
      }
    }
    return recorder.events;
  },
};

const clickColumns = columns(`
  EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID:Id USER_ID:Id QUERY_ID CLICKED_RECORD_ID RANK:Number
  TIMESTAMP_DERIVED:DateTime`);

export const searchClick: EventType = {
  name: 'SearchClick',
  free: false,
  columns: () => clickColumns,
  events(day) {
    const recorder = new Recorder(day, 'SearchClick');
    const { random } = recorder;
    for (const session of day.sessions) {
      if (!random.chance(0.3)) continue;
      const [at = session.at] = recorder.moments(session, 1);
      recorder.add(at, session, {
        QUERY_ID: random.text(13).toLowerCase(),
        CLICKED_RECORD_ID: to15(makeId('001', random.between(70_000, 74_000))),
        RANK: String(random.between(1, 9)),
      });
    }
    return recorder.events;
  },
};

const queryColumns = columns(`
  EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID:Id USER_ID:Id SESSION_KEY LOGIN_KEY QUERY_TYPE QUERY_IDENTIFIER
  SQL_ID TIMESTAMP_DERIVED:DateTime`);

export const uniqueQuery: EventType = {
  name: 'UniqueQuery',
  free: false,
  columns: () => queryColumns,
  events(day) {
    const recorder = new Recorder(day, 'UniqueQuery');
    const { random } = recorder;
    for (const session of day.sessions) {
      if (!random.chance(0.35)) continue;
      const [at = session.at] = recorder.moments(session, 1);
      const object = random.pick(['Contact', 'Account', 'Opportunity']);
      const fields = 'Id, Name, Owner.Name, toLabel(LeadSource)  LeadSource__l, format(CreatedDate)  CreatedDate__f';
      recorder.add(at, session, {
        REQUEST_ID: `TID:${random.text(16)}`,
        QUERY_TYPE: random.pick(['FKJOIN', 'SOQL']),
        QUERY_IDENTIFIER: `SELECT ${fields} FROM ${object} USING SCOPE EVERYTHING WHERE id = :id`,
        SQL_ID: random.text(13).toLowerCase(),
      });
    }
    return recorder.events;
  },
};
