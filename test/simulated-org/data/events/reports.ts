import { makeId, to15 } from '../../ids.ts';
import { HOUR, SECOND } from '../time.ts';
import type { EventDay } from './event-day.ts';
import { reordering, requestColumns } from './event-type.ts';
import type { EventType } from './event-type.ts';
import { Recorder } from './recorder.ts';

const REPORTS = [
  'Pipeline by region',
  'Umsatz je Händler, gesamt',
  'Open cases "P1"',
  '在庫一覧',
  'All contacts',
  'Renewals',
] as const;

const reportId = (index: number): string => makeId('00O', 300 + index);

const runColumns = `
  USER_TYPE REQUEST_STATUS DB_TOTAL_TIME:Number ENTITY_NAME DISPLAY_TYPE RENDERING_TYPE REPORT_ID:Id ROW_COUNT:Number
  NUMBER_EXCEPTION_FILTERS:Number NUMBER_COLUMNS:Number AVERAGE_ROW_SIZE:Number SORT DB_BLOCKS:Number
  DB_CPU_TIME:Number NUMBER_BUCKETS:Number ORIGIN REPORT_ID_DERIVED:Id`;

const reportColumns = requestColumns(runColumns);
const asyncColumns = requestColumns(`${runColumns} DASHBOARD_ID`);

/** What the intruder pulled out: instants, a report each, with many rows. */
function stolenReports(day: EventDay): { at: number; report: number; rows: number }[] {
  const { takeover } = day;
  if (takeover === undefined) return [];
  return Array.from({ length: 28 }, (_, index) => ({
    at: takeover.session.at + 36 * 60 * SECOND + index * 47 * SECOND + 312,
    report: index % REPORTS.length,
    rows: 18_000 + index * 731,
  }));
}

function runCells(recorder: Recorder, report: number, rows: number): Record<string, string> {
  const { random } = recorder;
  return {
    URI: `/${to15(reportId(report))}`,
    URI_ID_DERIVED: reportId(report),
    REQUEST_STATUS: 'S',
    ENTITY_NAME: random.pick(['Opportunities', 'Accounts', 'CaseList', 'Contacts']),
    DISPLAY_TYPE: random.pick(['S', 'H', 'D']),
    REPORT_ID: to15(reportId(report)),
    REPORT_ID_DERIVED: reportId(report),
    ROW_COUNT: String(rows),
    NUMBER_EXCEPTION_FILTERS: '0',
    NUMBER_COLUMNS: String(random.between(4, 18)),
    AVERAGE_ROW_SIZE: String(random.between(60, 400)),
    SORT: 'Amount Descending',
    DB_BLOCKS: String(random.between(500, 90_000)),
    DB_CPU_TIME: String(random.between(1, 90) * 10),
    NUMBER_BUCKETS: '0',
  };
}

export const report: EventType = {
  name: 'Report',
  free: false,
  columns: reordering(reportColumns),
  events(day) {
    const recorder = new Recorder(day, 'Report');
    const { random } = recorder;
    for (const session of day.sessions) {
      for (const at of recorder.moments(session, random.between(0, 1))) {
        recorder.add(at, session, {
          ...runCells(recorder, random.between(0, REPORTS.length - 1), random.between(0, 2_000)),
          ORIGIN: random.pick(['ReportRunFromLightning', 'DashboardComponentUpdated', 'ReportRunFromMobile']),
        });
      }
    }
    for (const { at, report: index, rows } of stolenReports(day)) {
      recorder.add(at, day.takeover?.session ?? {}, { ...runCells(recorder, index, rows), ORIGIN: 'ReportExported' });
    }
    return recorder.events;
  },
};

const exportColumns = requestColumns('CLIENT_INFO REPORT_DESCRIPTION');

export const reportExport: EventType = {
  name: 'ReportExport',
  free: false,
  columns: () => exportColumns,
  events(day) {
    const recorder = new Recorder(day, 'ReportExport');
    const { random } = recorder;
    const add = (at: number, session: EventDay['sessions'][number], index: number): void =>
      recorder.add(at, session, {
        URI: `/${to15(reportId(index))}`,
        URI_ID_DERIVED: reportId(index),
        CLIENT_INFO: session.userAgent,
        REPORT_DESCRIPTION: `Report Name: ${REPORTS[index] ?? ''}, Format: xlsx, Encoding: UTF-8`,
      });
    for (const session of day.sessions) {
      if (!random.chance(0.07)) continue;
      const [at = session.at] = recorder.moments(session, 1);
      add(at, session, random.between(0, REPORTS.length - 1));
    }
    for (const stolen of stolenReports(day)) {
      if (day.takeover !== undefined) add(stolen.at + 900, day.takeover.session, stolen.report);
    }
    return recorder.events;
  },
};

/** Scheduled runs; without REQUEST_ID, and a dashboard that shows a report twice leaves two equal rows. */
export const asynchronousReportRun: EventType = {
  name: 'AsynchronousReportRun',
  free: false,
  columns: () => asyncColumns,
  events(day) {
    const recorder = new Recorder(day, 'AsynchronousReportRun');
    const owner = day.world.roster[4];
    const who = owner === undefined ? {} : { userId: owner.id };
    for (let hour = 4; hour < 20; hour += 3) {
      const at = day.start + hour * HOUR + 90 * SECOND;
      const cells = {
        ...runCells(recorder, hour % REPORTS.length, hour * 97),
        REQUEST_ID: '',
        RUN_TIME: String(900 + hour * 31),
        CPU_TIME: String(200 + hour),
        DB_TOTAL_TIME: String(hour * 9_100_000),
        ORIGIN: 'DashboardComponentUpdated',
        DASHBOARD_ID: to15(makeId('01Z', 12)),
      };
      recorder.add(at, who, cells);
      if (hour % 2 === 0) recorder.add(at, who, cells);
    }
    return recorder.events;
  },
};

const dashboardColumns = requestColumns(`
  DASHBOARD_ID DASHBOARD_COMPONENT_ID:Id DASHBOARD_TYPE IS_SCHEDULED:Boolean IS_SUCCESS:Boolean REPORT_ID:Id
  VIEWING_USER_ID:Id DASHBOARD_ID_DERIVED REPORT_ID_DERIVED:Id`);

export const dashboard: EventType = {
  name: 'Dashboard',
  free: false,
  columns: () => dashboardColumns,
  events(day) {
    const recorder = new Recorder(day, 'Dashboard');
    const { random } = recorder;
    for (const session of day.sessions) {
      if (!random.chance(0.2)) continue;
      const [at = session.at] = recorder.moments(session, 1);
      const id = makeId('01Z', random.between(10, 14));
      const index = random.between(0, REPORTS.length - 1);
      recorder.add(at, session, {
        URI: `/${to15(id)}`,
        URI_ID_DERIVED: id,
        DASHBOARD_ID: to15(id),
        DASHBOARD_ID_DERIVED: id,
        DASHBOARD_COMPONENT_ID: to15(makeId('01a', index + 40)),
        DASHBOARD_TYPE: random.pick(['R', 'D']),
        IS_SCHEDULED: random.chance(0.1) ? '1' : '0',
        IS_SUCCESS: '1',
        REPORT_ID: to15(reportId(index)),
        REPORT_ID_DERIVED: reportId(index),
        VIEWING_USER_ID: to15(session.userId),
      });
    }
    return recorder.events;
  },
};
