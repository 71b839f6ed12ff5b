import { KNOWN_SNAPSHOTS } from './views-known-snapshots.ts';

/**
 * Columns that views have whether anything was published or not, so that queries can be written once for all orgs.
 * Records: Object Reference, LoginHistory, LoginGeo, SetupAuditTrail, ContentDistribution. Events: Object Reference,
 * "EventLogFile Supported Event Types", of the types that our own queries read.
 */
type Columns = Readonly<Record<string, string>>;

function columns(type: string, names: string): Columns {
  return Object.fromEntries(names.split(' ').map((name) => [name, type]));
}

export const KNOWN_SOURCES: Readonly<Record<string, Columns>> = {
  login_history: {
    ...columns('VARCHAR', 'Id UserId'),
    ...columns('TIMESTAMP', 'LoginTime'),
    ...columns('VARCHAR', 'LoginType LoginSubType SourceIp LoginUrl AuthenticationServiceId AuthMethodReference'),
    ...columns('VARCHAR', 'TlsProtocol CipherSuite'),
    ...columns('BOOLEAN', 'OptionsIsGet OptionsIsPost'),
    ...columns('VARCHAR', 'Browser Platform Status Application ClientVersion ApiType ApiVersion CountryIso'),
    ...columns('VARCHAR', 'ForwardedForIp NetworkId LoginGeoId'),
    ...columns('DOUBLE', 'LoginGeo_Latitude LoginGeo_Longitude'),
    ...columns('VARCHAR', 'LoginGeo_City LoginGeo_Country LoginGeo_Subdivision LoginGeo_PostalCode'),
  },
  setup_audit_trail: {
    ...columns('VARCHAR', 'Id Action Section'),
    ...columns('TIMESTAMP', 'CreatedDate'),
    ...columns('VARCHAR', 'CreatedById Display DelegateUser CreatedByContext CreatedByIssuer'),
    ...columns('VARCHAR', 'ResponsibleNamespacePrefix CreatedBy_Username CreatedBy_Name'),
  },
  content_distribution: {
    ...columns('VARCHAR', 'Id OwnerId Name ContentVersionId ContentDocumentId RelatedRecordId'),
    ...columns('BOOLEAN', 'PreferencesPasswordRequired PreferencesExpires PreferencesAllowOriginalDownload'),
    ...columns('BOOLEAN', 'PreferencesAllowPDFDownload PreferencesAllowViewInBrowser PreferencesNotifyOnVisit'),
    ...columns('BOOLEAN', 'PreferencesLinkLatestVersion PreferencesNotifyRndtnComplete IsDeleted'),
    ...columns('TIMESTAMP', 'ExpiryDate FirstViewDate LastViewDate CreatedDate LastModifiedDate SystemModstamp'),
    ...columns('BIGINT', 'ViewCount'),
    ...columns('VARCHAR', 'DistributionPublicUrl CreatedById LastModifiedById'),
    ...columns('VARCHAR', 'ContentVersion_Title ContentVersion_FileType ContentVersion_FileExtension'),
    ...columns('BIGINT', 'ContentVersion_ContentSize'),
    ...columns('VARCHAR', 'ContentVersion_VersionNumber ContentVersion_OwnerId Owner_Name Owner_Username'),
  },
  ...KNOWN_SNAPSHOTS,
};

const USER = 'USER_ID USER_ID_DERIVED';
const SESSION = `${USER} SESSION_KEY LOGIN_KEY REQUEST_ID CLIENT_IP URI`;

export const KNOWN_EVENT_TYPES: Readonly<Record<string, Columns>> = {
  API: {
    ...columns('VARCHAR', `${SESSION} CLIENT_NAME METHOD_NAME ENTITY_NAME QUERY REQUEST_STATUS`),
    ...columns('DOUBLE', 'ROWS_PROCESSED RESPONSE_SIZE'),
  },
  ApiTotalUsage: {
    ...columns('VARCHAR', 'USER_ID USER_NAME REQUEST_ID CLIENT_IP CLIENT_NAME CONNECTED_APP_ID CONNECTED_APP_NAME'),
    ...columns('VARCHAR', 'API_FAMILY API_RESOURCE API_VERSION HTTP_METHOD ENTITY_NAME STATUS_CODE'),
    ...columns('VARCHAR', 'COUNTS_AGAINST_API_LIMIT'),
  },
  BulkApi: {
    ...columns('VARCHAR', `${SESSION} JOB_ID ENTITY_TYPE OPERATION_TYPE SUCCESS`),
    ...columns('DOUBLE', 'ROWS_PROCESSED'),
  },
  BulkApi2: {
    ...columns('VARCHAR', `${SESSION} JOB_ID ENTITY_TYPE OPERATION_TYPE JOB_STATUS`),
    ...columns('DOUBLE', 'RECORDS_PROCESSED RESULT_SIZE_MB'),
  },
  ContentDistribution: columns('VARCHAR', `${USER} REQUEST_ID ACTION DELIVERY_ID VERSION_ID RELATED_ENTITY_ID`),
  ContentDocumentLink: columns(
    'VARCHAR',
    `${USER} REQUEST_ID DOCUMENT_ID SHARED_WITH_ENTITY_ID SHARING_OPERATION SHARING_PERMISSION`,
  ),
  ContentTransfer: {
    ...columns('VARCHAR', `${USER} REQUEST_ID DOCUMENT_ID DOCUMENT_ID_DERIVED FILE_TYPE TRANSACTION_TYPE`),
    ...columns('DOUBLE', 'SIZE_BYTES'),
  },
  DocumentAttachmentDownloads: columns('VARCHAR', `${USER} REQUEST_ID ENTITY_ID FILE_TYPE`),
  Login: columns('VARCHAR', `${SESSION} USER_NAME SOURCE_IP LOGIN_STATUS LOGIN_TYPE LOGIN_SUB_TYPE BROWSER_TYPE`),
  LoginAs: columns('VARCHAR', `${SESSION} DELEGATED_USER_ID DELEGATED_USER_ID_DERIVED DELEGATED_USER_NAME`),
  Logout: columns('VARCHAR', `${SESSION} USER_INITIATED_LOGOUT`),
  PermissionUpdate: columns(
    'VARCHAR',
    'USER_ID SESSION_KEY LOGIN_KEY REQUEST_ID PERMISSION_TYPE UPDATE_TYPE FEATURE_ID DESCRIPTION',
  ),
  Report: {
    ...columns('VARCHAR', `${SESSION} REPORT_ID REPORT_ID_DERIVED ENTITY_NAME ORIGIN RENDERING_TYPE REQUEST_STATUS`),
    ...columns('DOUBLE', 'ROW_COUNT NUMBER_COLUMNS AVERAGE_ROW_SIZE'),
  },
  ReportExport: columns('VARCHAR', `${SESSION} URI_ID_DERIVED REPORT_DESCRIPTION CLIENT_INFO`),
  RestApi: {
    ...columns('VARCHAR', `${SESSION} CLIENT_NAME CONNECTED_APP_ID METHOD ENTITY_NAME QUERY STATUS_CODE`),
    ...columns('DOUBLE', 'ROWS_PROCESSED RESPONSE_SIZE'),
  },
  WaveDownload: {
    ...columns('VARCHAR', `${SESSION} ASSET_ID ASSET_TYPE DOWNLOAD_FORMAT`),
    ...columns('DOUBLE', 'NUMBER_OF_RECORDS'),
  },
};

/** What `event_log` reads of each file, whatever the event type, and what it makes of that. */
export const EVENT_LOG_COLUMNS: { readonly read: Columns; readonly select: readonly string[] } = {
  read: columns(
    'VARCHAR',
    `${SESSION} USER_NAME USER_TYPE SOURCE_IP ORGANIZATION_ID REQUEST_STATUS RUN_TIME URI_ID_DERIVED`,
  ),
  select: [
    `coalesce(USER_ID_DERIVED, ${id18('USER_ID')}) AS user_id`,
    'USER_NAME AS user_name',
    'USER_TYPE AS user_type',
    'coalesce(CLIENT_IP, SOURCE_IP) AS client_ip',
    'SESSION_KEY AS session_key',
    'LOGIN_KEY AS login_key',
    'REQUEST_ID AS request_id',
    'REQUEST_STATUS AS request_status',
    'TRY_CAST(RUN_TIME AS DOUBLE) AS run_time',
    'URI AS uri',
    'URI_ID_DERIVED AS uri_id',
    'ORGANIZATION_ID AS organization_id',
  ],
};

/**
 * SQL of an 18-character id for one of 15: each block of five characters gets a check character that says which of
 * them are capitals. Other values stay as they are. Salesforce help, "ID Field Types".
 */
export function id18(id: string): string {
  const check = [0, 5, 10].map((block) => {
    const bits = [0, 1, 2, 3, 4].map(
      (index) =>
        `CASE WHEN ${id}[${String(block + index + 1)}] BETWEEN 'A' AND 'Z' THEN ${String(1 << index)} ELSE 0 END`,
    );
    return `'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'[1 + ${bits.join(' + ')}]`;
  });
  return `CASE WHEN len(${id}) = 15 THEN ${id} || ${check.join(' || ')} ELSE ${id} END`;
}
