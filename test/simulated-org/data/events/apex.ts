import { makeId, to15 } from '../../ids.ts';
import { randomFor } from '../random.ts';
import { HOUR, MINUTE } from '../time.ts';
import { drifting, plainColumns, requestColumns } from './event-type.ts';
import type { EventType } from './event-type.ts';
import { Recorder } from './recorder.ts';

const executionColumns = requestColumns(`
  DB_TOTAL_TIME:Number CALLOUT_TIME:Number EXEC_TIME:Number NUMBER_SOQL_QUERIES:Number QUIDDITY ENTRY_POINT
  IS_LONG_RUNNING_REQUEST:Boolean`);

const entryPoints = [
  ['OpportunityTriggerHandler.onBeforeUpdate', 'R'],
  ['RouteController.getStops', 'L'],
  ['OrderService.recalculate', 'Q'],
  ['VF- /apex/RentalContract', 'R'],
  ['InvoiceBatch', 'BA'],
] as const;

export const apexExecution: EventType = {
  name: 'ApexExecution',
  free: false,
  columns: drifting(executionColumns),
  events(day) {
    const recorder = new Recorder(day, 'ApexExecution');
    const { random } = recorder;
    for (const session of day.sessions) {
      for (const at of recorder.moments(session, random.between(0, 3))) {
        const [entryPoint, quiddity] = random.pick(entryPoints);
        const long = random.chance(0.02);
        recorder.add(at, session, {
          URI: quiddity === 'L' ? '/aura' : '/006',
          CALLOUT_TIME: String(random.chance(0.2) ? random.between(40, 900) : 0),
          EXEC_TIME: String(long ? random.between(5_001, 30_000) : random.between(4, 900)),
          NUMBER_SOQL_QUERIES: String(random.between(0, 30)),
          QUIDDITY: quiddity,
          ENTRY_POINT: entryPoint,
          IS_LONG_RUNNING_REQUEST: long ? '1' : '0',
        });
      }
    }
    return recorder.events;
  },
};

const calloutColumns = requestColumns(`
  TYPE METHOD SUCCESS:Boolean STATUS_CODE:Number TIME:Number REQUEST_SIZE:Number RESPONSE_SIZE:Number URL`);

/** STATUS_CODE is declared a Number; a call that timed out has a word there. */
export const apexCallout: EventType = {
  name: 'ApexCallout',
  free: false,
  columns: drifting(calloutColumns),
  events(day) {
    const recorder = new Recorder(day, 'ApexCallout');
    const { random } = recorder;
    for (const session of day.sessions) {
      if (!random.chance(0.25)) continue;
      const [at = session.at] = recorder.moments(session, 1);
      const timedOut = random.chance(0.06);
      recorder.add(at, session, {
        URI: 'CALLOUT-LOG',
        TYPE: 'REST',
        METHOD: random.pick(['GET', 'POST']),
        SUCCESS: timedOut ? '0' : '1',
        STATUS_CODE: timedOut ? 'timeout' : '200',
        TIME: String(timedOut ? 120_000 : random.between(60, 900)),
        REQUEST_SIZE: '-1',
        RESPONSE_SIZE: timedOut ? '' : String(random.between(200, 60_000)),
        URL: 'https://routing.ridge.example/api/v2/distance?from=München&to=Zürich',
      });
    }
    return recorder.events;
  },
};

const exceptionColumns = plainColumns('EXCEPTION_TYPE EXCEPTION_MESSAGE:Text STACK_TRACE:Text EXCEPTION_CATEGORY');

const exceptions = [
  [
    'System.NullPointerException',
    'Attempt to de-reference a null object',
    'Class.OrderService.recalculate: line 118, column 1\nClass.OpportunityTriggerHandler.onBeforeUpdate: line 42, column 1\nTrigger.OpportunityTrigger: line 7, column 1',
    'Uncategorized',
  ],
  [
    'System.LimitException',
    'Too many SOQL queries: 101',
    'Class.InvoiceBatch.execute: line 63, column 1\nClass.InvoiceBatch.start: line 12, column 1',
    'SOQL_QUERIES',
  ],
  [
    'System.DmlException',
    'Insert failed. First exception on row 0; first error: FIELD_CUSTOM_VALIDATION_EXCEPTION, "Größe" darf nicht leer sein: [Groesse__c]',
    '(ridge)\n\nClass.RouteController.saveStops: line 204, column 1\r\nAnonymousBlock: line 1, column 1',
    'Uncategorized',
  ],
] as const;

/** Stack traces over several lines; like real rows, without USER_ID where nobody was logged in. */
export const apexUnexpectedException: EventType = {
  name: 'ApexUnexpectedException',
  free: true,
  columns: () => exceptionColumns,
  events(day) {
    const recorder = new Recorder(day, 'ApexUnexpectedException');
    const { random } = recorder;
    for (const session of day.sessions) {
      if (!random.chance(0.08)) continue;
      const [at = session.at] = recorder.moments(session, 1);
      const [type, message, trace, category] = random.pick(exceptions);
      recorder.add(at, random.chance(0.4) ? {} : session, {
        EXCEPTION_TYPE: type,
        EXCEPTION_MESSAGE: message,
        STACK_TRACE: trace,
        EXCEPTION_CATEGORY: category,
      });
    }
    recorder.add(
      day.start + 90 * MINUTE,
      {},
      {
        EXCEPTION_TYPE: exceptions[1][0],
        EXCEPTION_MESSAGE: exceptions[1][1],
        STACK_TRACE: exceptions[1][2],
        EXCEPTION_CATEGORY: exceptions[1][3],
      },
    );
    return recorder.events;
  },
};

const queuedColumns = requestColumns('USER_TYPE REQUEST_STATUS DB_TOTAL_TIME:Number JOB_ID ENTRY_POINT');

/** Without REQUEST_ID; jobs that run at the same instant leave rows that are equal in every column. */
export const queuedExecution: EventType = {
  name: 'QueuedExecution',
  free: false,
  columns: () => queuedColumns,
  events(day) {
    const recorder = new Recorder(day, 'QueuedExecution');
    const owner = day.world.roster[2];
    for (let hour = 0; hour < 24; hour += 2) {
      const twins = hour % 8 === 0 ? 2 : 1;
      const at = day.start + hour * HOUR + 4_210;
      const job = to15(makeId('707', day.day * 24 + hour));
      const random = randomFor(day.world.seed, 'queued', day.day, hour);
      const cells = {
        REQUEST_ID: '',
        URI: '',
        RUN_TIME: String(random.between(200, 9_000)),
        CPU_TIME: String(random.between(20, 900)),
        DB_TOTAL_TIME: String(random.between(1_000_000, 900_000_000)),
        JOB_ID: job,
        ENTRY_POINT: 'InvoiceBatch',
        REQUEST_STATUS: 'S',
      };
      for (let twin = 0; twin < twins; twin++) recorder.add(at, owner === undefined ? {} : { userId: owner.id }, cells);
    }
    return recorder.events;
  },
};

const flowColumns = plainColumns(`
  PROCESS_TYPE FLOW_VERSION_ID:Id FLOW_LOAD_TIME:Number TOTAL_EXECUTION_TIME:Number NUMBER_OF_INTERVIEWS:Number
  NUMBER_OF_ERRORS:Number`);

export const flowExecution: EventType = {
  name: 'FlowExecution',
  free: false,
  columns: () => flowColumns,
  events(day) {
    const recorder = new Recorder(day, 'FlowExecution');
    const { random } = recorder;
    for (const session of day.sessions) {
      for (const at of recorder.moments(session, random.between(0, 1))) {
        recorder.add(at, session, {
          REQUEST_ID: `TID:${random.text(16)}`,
          PROCESS_TYPE: random.pick(['AutoLaunchedFlow', 'Flow', 'Workflow']),
          FLOW_VERSION_ID: to15(makeId('301', random.between(1, 40))),
          FLOW_LOAD_TIME: String(random.between(1, 60)),
          TOTAL_EXECUTION_TIME: String(random.between(5, 2_000)),
          NUMBER_OF_INTERVIEWS: String(random.between(1, 200)),
          NUMBER_OF_ERRORS: random.chance(0.05) ? '1' : '0',
        });
      }
    }
    return recorder.events;
  },
};
