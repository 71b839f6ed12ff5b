import { id18 } from '../lake/views-known.ts';
import type { ViewDefinition } from '../lake/worker.ts';

/** One kind of event in the common schema: SQL of each column, NULL where the event does not say. */
interface ActivityOf {
  /** The source, as `source` tells it. */
  readonly view: string;
  /** The view that it is read from, if it is another. */
  readonly from?: string;
  /** What was done, in our words: the same word whatever the source. */
  readonly action: string;
  readonly userId: string;
  readonly userName?: string;
  /** Application that was used: its name, or the id of its connected app. */
  readonly app?: string;
  readonly appId?: string;
  /** What it was done to. */
  readonly object?: string;
  readonly clientIp?: string;
  readonly country?: string;
  readonly city?: string;
  /** `success`, `failure`, or `unknown` where it is told in words that are not known. */
  readonly outcome?: string;
  /** Records read or changed, and bytes moved. */
  readonly records?: string;
  readonly bytes?: string;
  readonly detail?: string;
}

const USER = `coalesce(USER_ID_DERIVED, ${id18('USER_ID')})`;

/**
 * Sign-ins come from LoginHistory, which every org has; the Login events of event log files are the same sign-ins told
 * again, and left out. Setup changes are told by their Action code: Display is in the language of who reads it. A
 * report export is a Report event, too, with ORIGIN; ReportExport adds exports of details.
 */
const ACTIVITIES: readonly ActivityOf[] = [
  {
    view: 'login_history',
    from: 'sign_ins',
    action: `'sign-in'`,
    userId: 'user_id',
    object: 'application',
    app: 'application',
    clientIp: 'client_ip',
    country: 'country',
    city: 'city',
    outcome: 'outcome',
    detail: `concat_ws(' · ', status, failure, login_type, browser, platform)`,
  },
  {
    view: 'setup_audit_trail',
    action: `'setup:' || Action`,
    userId: 'CreatedById',
    userName: 'CreatedBy_Username',
    object: 'Section',
    outcome: `'success'`,
    detail: `concat_ws(' · ', Display, 'by delegate ' || DelegateUser)`,
  },
  { view: 'event_log_logout', action: `'sign-out'`, userId: USER, clientIp: 'CLIENT_IP', outcome: `'success'` },
  {
    view: 'event_log_login_as',
    action: `'sign-in-as'`,
    userId: `coalesce(DELEGATED_USER_ID_DERIVED, ${id18('DELEGATED_USER_ID')})`,
    userName: 'DELEGATED_USER_NAME',
    object: USER,
    clientIp: 'CLIENT_IP',
    outcome: `'success'`,
    detail: 'URI',
  },
  {
    view: 'event_log_report',
    action: `CASE WHEN ORIGIN LIKE 'ReportExported%' OR RENDERING_TYPE IN ('X', 'C', 'P') THEN 'report-export' ELSE 'report-run' END`,
    userId: USER,
    object: `coalesce(REPORT_ID_DERIVED, ${id18('REPORT_ID')})`,
    clientIp: 'CLIENT_IP',
    outcome: outcomeOf('REQUEST_STATUS'),
    records: 'ROW_COUNT',
    bytes: 'TRY_CAST(ROW_COUNT AS DOUBLE) * TRY_CAST(AVERAGE_ROW_SIZE AS DOUBLE)',
    detail: `concat_ws(' · ', ENTITY_NAME, ORIGIN)`,
  },
  {
    view: 'event_log_report_export',
    action: `'report-export'`,
    userId: USER,
    object: 'URI_ID_DERIVED',
    clientIp: 'CLIENT_IP',
    outcome: `'success'`,
    detail: 'REPORT_DESCRIPTION',
  },
  {
    view: 'event_log_api',
    action: `'api-call'`,
    userId: USER,
    app: 'CLIENT_NAME',
    object: 'ENTITY_NAME',
    clientIp: 'CLIENT_IP',
    outcome: outcomeOf('REQUEST_STATUS'),
    records: 'ROWS_PROCESSED',
    bytes: 'RESPONSE_SIZE',
    detail: `concat_ws(' · ', METHOD_NAME, CLIENT_NAME, QUERY)`,
  },
  {
    view: 'event_log_rest_api',
    action: `'api-call'`,
    userId: USER,
    app: 'CLIENT_NAME',
    appId: id18('CONNECTED_APP_ID'),
    object: 'ENTITY_NAME',
    clientIp: 'CLIENT_IP',
    outcome: `CASE WHEN TRY_CAST(STATUS_CODE AS DOUBLE) < 400 THEN 'success' WHEN STATUS_CODE IS NOT NULL THEN 'failure' END`,
    records: 'ROWS_PROCESSED',
    bytes: 'RESPONSE_SIZE',
    detail: `concat_ws(' · ', METHOD, URI, CLIENT_NAME, QUERY)`,
  },
  {
    view: 'event_log_bulk_api',
    action: `'bulk-' || coalesce(lower(OPERATION_TYPE), 'operation')`,
    userId: USER,
    object: 'ENTITY_TYPE',
    clientIp: 'CLIENT_IP',
    outcome: `CASE WHEN lower(SUCCESS::VARCHAR) IN ('1', 'true') THEN 'success' WHEN SUCCESS IS NOT NULL THEN 'failure' END`,
    records: 'ROWS_PROCESSED',
    detail: `'job ' || JOB_ID`,
  },
  {
    view: 'event_log_bulk_api2',
    action: `'bulk-' || coalesce(lower(OPERATION_TYPE), 'operation')`,
    userId: USER,
    object: 'ENTITY_TYPE',
    clientIp: 'CLIENT_IP',
    records: 'RECORDS_PROCESSED',
    bytes: 'TRY_CAST(RESULT_SIZE_MB AS DOUBLE) * 1048576',
    detail: `concat_ws(' · ', 'job ' || JOB_ID, JOB_STATUS)`,
  },
  {
    view: 'event_log_content_transfer',
    action: `CASE WHEN TRANSACTION_TYPE LIKE '%Download%' THEN 'file-download' ELSE 'file-transfer' END`,
    userId: USER,
    object: `coalesce(DOCUMENT_ID_DERIVED, ${id18('DOCUMENT_ID')})`,
    outcome: `'success'`,
    bytes: 'SIZE_BYTES',
    detail: `concat_ws(' · ', TRANSACTION_TYPE, FILE_TYPE)`,
  },
  {
    view: 'event_log_document_attachment_downloads',
    action: `'file-download'`,
    userId: USER,
    object: id18('ENTITY_ID'),
    outcome: `'success'`,
    detail: 'FILE_TYPE',
  },
  {
    view: 'event_log_content_document_link',
    action: `'file-share'`,
    userId: USER,
    object: id18('DOCUMENT_ID'),
    outcome: `'success'`,
    detail: `concat_ws(' · ', SHARING_OPERATION, 'with ' || SHARED_WITH_ENTITY_ID, SHARING_PERMISSION)`,
  },
  {
    view: 'event_log_content_distribution',
    action: `'public-link-' || coalesce(lower(ACTION), 'use')`,
    userId: USER,
    object: id18('DELIVERY_ID'),
    outcome: `'success'`,
    detail: `'file version ' || VERSION_ID`,
  },
  {
    view: 'event_log_permission_update',
    action: `'permission-update'`,
    userId: id18('USER_ID'),
    object: 'PERMISSION_TYPE',
    outcome: `'success'`,
    detail: `concat_ws(' · ', UPDATE_TYPE, DESCRIPTION)`,
  },
  {
    view: 'event_log_wave_download',
    action: `'analytics-download'`,
    userId: USER,
    object: 'ASSET_ID',
    clientIp: 'CLIENT_IP',
    outcome: `'success'`,
    records: 'NUMBER_OF_RECORDS',
    detail: `concat_ws(' · ', ASSET_TYPE, DOWNLOAD_FORMAT)`,
  },
];

/** REQUEST_STATUS of event log files: S(uccess), F(ailure), others, or empty. */
function outcomeOf(status: string): string {
  return `CASE ${status} WHEN 'S' THEN 'success' WHEN 'F' THEN 'failure' END`;
}

/**
 * The common schema: who did what, when, from where, and how it went, whatever the source. Names of users, profiles and
 * connected apps are those of the newest inventory, where there is one.
 */
export const activities: ViewDefinition = {
  name: 'activities',
  sql: `SELECT event_key, event_time, event_date, source, user_id, coalesce(told.user_name, users.user_name) AS user_name,
    full_name, profile, action, object, coalesce(connected_apps.app, told.app) AS app, client_ip, country, city, outcome,
    records, bytes, detail, _raw_id
  FROM (${ACTIVITIES.map(select).join('\nUNION ALL\n')}) AS told
  LEFT JOIN users USING (user_id) LEFT JOIN connected_apps USING (app_id)`,
};

function select(of: ActivityOf): string {
  return `SELECT event_key, event_time, event_date,
    '${of.view}' AS source,
    ${of.userId} AS user_id,
    ${of.userName ?? 'NULL::VARCHAR'} AS user_name,
    ${of.app ?? 'NULL::VARCHAR'} AS app,
    ${of.appId ?? 'NULL::VARCHAR'} AS app_id,
    ${of.action} AS action,
    ${of.object ?? 'NULL::VARCHAR'} AS object,
    ${of.clientIp ?? 'NULL::VARCHAR'} AS client_ip,
    ${of.country ?? 'NULL::VARCHAR'} AS country,
    ${of.city ?? 'NULL::VARCHAR'} AS city,
    ${of.outcome ?? 'NULL::VARCHAR'} AS outcome,
    TRY_CAST(${of.records ?? 'NULL'} AS DOUBLE) AS records,
    TRY_CAST(${of.bytes ?? 'NULL'} AS DOUBLE) AS bytes,
    ${of.detail ?? 'NULL::VARCHAR'} AS detail,
    _raw_id
  FROM ${of.from ?? of.view}`;
}
