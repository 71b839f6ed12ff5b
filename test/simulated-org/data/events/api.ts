import { makeId, to15 } from '../../ids.ts';
import { columns, drifting, requestColumns } from './event-type.ts';
import type { EventType } from './event-type.ts';
import { Recorder } from './recorder.ts';

const restColumns = requestColumns(`
  USER_TYPE REQUEST_STATUS DB_TOTAL_TIME:Number DB_BLOCKS:Number DB_CPU_TIME:Number ENTITY_NAME:Set MEDIA_TYPE METHOD
  NUMBER_FIELDS:Number QUERY REQUEST_SIZE:Number RESPONSE_SIZE:Number ROWS_PROCESSED:Number STATUS_CODE:Number
  USER_AGENT:Number EXCEPTION_MESSAGE CLIENT_NAME CONNECTED_APP_ID:Reference`);

/** USER_AGENT is declared a Number and holds text, as in real files. */
export const restApi: EventType = {
  name: 'RestApi',
  free: false,
  columns: drifting(restColumns),
  events(day) {
    const recorder = new Recorder(day, 'RestApi');
    const { random } = recorder;
    for (const call of day.apiCalls.filter(({ family }) => family === 'REST')) {
      recorder.add(call.at, call.session, {
        REQUEST_ID: call.requestId,
        URI: call.resource,
        REQUEST_STATUS: call.status < 400 ? 'S' : call.status === 404 ? 'N' : 'F',
        DB_BLOCKS: String(random.between(4, 9_000)),
        DB_CPU_TIME: String(random.between(0, 30) * 10),
        ENTITY_NAME: call.entity,
        MEDIA_TYPE: 'application/json',
        METHOD: call.method,
        NUMBER_FIELDS: String(random.between(3, 40)),
        QUERY: call.query,
        REQUEST_SIZE: call.method === 'GET' ? '-1' : String(random.between(120, 40_000)),
        RESPONSE_SIZE: String(random.between(150, 400_000)),
        ROWS_PROCESSED: String(call.rows),
        STATUS_CODE: String(call.status),
        USER_AGENT: random.chance(0.2) ? '9998' : call.integration.userAgent,
        EXCEPTION_MESSAGE: call.status === 400 ? `No such column 'Grösse__c' on entity '${call.entity}'.` : '',
        CLIENT_NAME: call.integration.clientName,
        CONNECTED_APP_ID: call.integration.connectedAppId,
      });
    }
    return recorder.events;
  },
};

const soapColumns = requestColumns(`
  USER_TYPE REQUEST_STATUS DB_TOTAL_TIME:Number API_TYPE API_VERSION CLIENT_NAME METHOD_NAME ENTITY_NAME:Set
  ROWS_PROCESSED:Number REQUEST_SIZE:Number RESPONSE_SIZE:Number DB_BLOCKS:Number DB_CPU_TIME:Number QUERY
  EXCEPTION_MESSAGE`);

export const soapApi: EventType = {
  name: 'API',
  free: false,
  columns: () => soapColumns,
  events(day) {
    const recorder = new Recorder(day, 'API');
    const { random } = recorder;
    for (const call of day.apiCalls.filter(({ family }) => family === 'SOAP')) {
      recorder.add(call.at, call.session, {
        REQUEST_ID: call.requestId,
        URI: 'Api',
        REQUEST_STATUS: call.status < 400 ? '' : 'F',
        API_TYPE: call.integration.apiType === 'SOAP Enterprise' ? 'E' : 'M',
        API_VERSION: call.integration.apiVersion === 'N/A' ? '66.0' : call.integration.apiVersion,
        CLIENT_NAME: call.integration.clientName,
        METHOD_NAME: call.method,
        ENTITY_NAME: random.chance(0.1) ? `${call.entity},User` : call.entity,
        ROWS_PROCESSED: String(call.rows),
        REQUEST_SIZE: String(random.between(400, 36_000)),
        RESPONSE_SIZE: String(random.between(300, 300_000)),
        DB_BLOCKS: String(random.between(40, 20_000)),
        DB_CPU_TIME: String(random.between(0, 60) * 10),
        QUERY: call.query,
        EXCEPTION_MESSAGE:
          call.status < 400 ? '' : 'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record',
      });
    }
    return recorder.events;
  },
};

const totalColumns = columns(`
  EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID:Id USER_ID:Id USER_NAME API_FAMILY API_VERSION:Number API_RESOURCE
  HTTP_METHOD CLIENT_NAME CLIENT_IP CONNECTED_APP_ID CONNECTED_APP_NAME ENTITY_NAME:Set STATUS_CODE:Number
  COUNTS_AGAINST_API_LIMIT:Boolean TIMESTAMP_DERIVED:DateTime`);

export const apiTotalUsage: EventType = {
  name: 'ApiTotalUsage',
  free: true,
  columns: drifting(totalColumns),
  events(day) {
    const recorder = new Recorder(day, 'ApiTotalUsage');
    for (const call of day.apiCalls) {
      recorder.add(call.at, call.session, {
        REQUEST_ID: call.requestId,
        USER_NAME: call.session.username,
        API_FAMILY: call.family,
        API_VERSION: call.integration.apiVersion === 'N/A' ? '64.0' : call.integration.apiVersion,
        API_RESOURCE: call.family === 'REST' ? call.resource.replace('/services/data', '') : call.resource,
        HTTP_METHOD: call.family === 'SOAP' ? '' : call.method,
        CLIENT_NAME: call.integration.clientName,
        CONNECTED_APP_ID: call.integration.connectedAppId,
        CONNECTED_APP_NAME: call.integration.connectedAppId === '' ? '' : call.integration.application,
        ENTITY_NAME: call.entity,
        STATUS_CODE: String(call.status),
        COUNTS_AGAINST_API_LIMIT: call.integration.name === 'CI Deployment' ? 'false' : 'true',
      });
    }
    return recorder.events;
  },
};

const bulkColumns = requestColumns(`
  JOB_ID BATCH_ID OPERATION_TYPE ENTITY_TYPE ROWS_PROCESSED:Number NUMBER_FAILURES:Number SUCCESS:Boolean
  MESSAGE:EscapedString`);

export const bulkApi: EventType = {
  name: 'BulkApi',
  free: false,
  columns: () => bulkColumns,
  events(day) {
    const recorder = new Recorder(day, 'BulkApi');
    const { random } = recorder;
    for (const call of day.apiCalls.filter(({ family }) => family === 'Bulk')) {
      const failures = call.status === 200 ? 0 : random.between(1, 20);
      recorder.add(call.at, call.session, {
        REQUEST_ID: call.requestId,
        URI: call.resource,
        JOB_ID: to15(makeId('750', random.between(1, 900_000))),
        BATCH_ID: to15(makeId('751', random.between(1, 900_000))),
        OPERATION_TYPE: random.pick(['query', 'upsert', 'insert', 'hardDelete']),
        ENTITY_TYPE: call.entity,
        ROWS_PROCESSED: String(call.rows * 5),
        NUMBER_FAILURES: String(failures),
        SUCCESS: failures === 0 ? '1' : '0',
        MESSAGE: failures === 0 ? '' : 'InvalidBatch : Field name not found : "Ext, Id"\r\nretry the batch',
      });
    }
    return recorder.events;
  },
};

const bulk2Columns = requestColumns(`
  JOB_ID JOB_STATUS OPERATION_TYPE ENTITY_TYPE RECORDS_PROCESSED:Number RECORDS_FAILED:Number RESULT_SIZE_MB:Number`);

/**
 * The steps of a job: its status, and the share of its records that the event reports as processed. Ingest jobs report
 * them with InProgress, queries with JobComplete too; RESULT_SIZE_MB is a placeholder (Object Reference, Bulk API 2.0
 * Event Type).
 */
const QUERY_STEPS = [['UploadComplete'], ['InProgress'], ['InProgress', 0.5], ['JobComplete', 0.5]] as const;
const INGEST_STEPS = [['Open'], ['UploadComplete'], ['InProgress'], ['InProgress', 1], ['JobComplete']] as const;

export const bulkApi2: EventType = {
  name: 'BulkApi2',
  free: false,
  columns: () => bulk2Columns,
  events(day) {
    const recorder = new Recorder(day, 'BulkApi2');
    const { random } = recorder;
    for (const session of day.signIns.filter(({ integration }) => integration?.name === 'Marketing Connector')) {
      if (!random.chance(0.5)) continue;
      const job = to15(makeId('750', random.between(1, 900_000)));
      const isQuery = random.chance(0.7);
      const steps = isQuery ? QUERY_STEPS : INGEST_STEPS;
      const records = 2 * random.between(400, 8_000);
      recorder.moments(session, steps.length).forEach((at, index) => {
        const [status = '', share] = steps[index] ?? [];
        recorder.add(at, session, {
          URI: `/services/data/v64.0/jobs/${isQuery ? 'query' : 'ingest'}/${job}`,
          JOB_ID: job,
          JOB_STATUS: status,
          OPERATION_TYPE: isQuery ? 'query' : 'upsert',
          ENTITY_TYPE: 'CampaignMember',
          RECORDS_PROCESSED: share === undefined ? '' : String(records * share),
          RECORDS_FAILED: share === undefined ? '' : '0',
        });
      });
    }
    return recorder.events;
  },
};

const metadataColumns = requestColumns('API_VERSION OPERATION CLIENT_ID');

export const metadataApiOperation: EventType = {
  name: 'MetadataApiOperation',
  free: false,
  columns: () => metadataColumns,
  events(day) {
    const recorder = new Recorder(day, 'MetadataApiOperation');
    const { random } = recorder;
    for (const session of day.signIns.filter(({ integration }) => integration?.name === 'CI Deployment')) {
      for (const at of recorder.moments(session, random.between(0, 2))) {
        recorder.add(at, session, {
          URI: '/services/Soap/m/66.0',
          API_VERSION: '66.0',
          OPERATION: random.pick(['meta_deploy', 'meta_retrieve', 'meta_list']),
          CLIENT_ID: session.integration?.clientName ?? '',
        });
      }
    }
    return recorder.events;
  },
};
