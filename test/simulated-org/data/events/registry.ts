import { groupMembership, insufficientAccess, packageInstall, permissionUpdate } from './admin.ts';
import { apexCallout, apexExecution, apexUnexpectedException, flowExecution, queuedExecution } from './apex.ts';
import { apiTotalUsage, bulkApi, bulkApi2, metadataApiOperation, restApi, soapApi } from './api.ts';
import type { EventType } from './event-type.ts';
import { contentDistribution, contentDocumentLink, contentTransfer, documentAttachmentDownloads } from './files.ts';
import { auraRequest, lightningError, lightningPageView, uri } from './pages.ts';
import { asynchronousReportRun, dashboard, report, reportExport } from './reports.ts';
import { search, searchClick, uniqueQuery } from './search.ts';
import { login, loginAs, logout } from './sign-in.ts';
import { quantumLedgerAccess } from './unknown.ts';
import { corsViolation, cspViolation, hostnameRedirects, insecureExternalAssets } from './web.ts';

/** Every event type of the org. The order gives files their Ids: append only. */
export const eventTypes: readonly EventType[] = [
  login,
  logout,
  loginAs,
  restApi,
  soapApi,
  apiTotalUsage,
  bulkApi,
  bulkApi2,
  metadataApiOperation,
  apexExecution,
  apexCallout,
  apexUnexpectedException,
  queuedExecution,
  flowExecution,
  uri,
  lightningPageView,
  lightningError,
  auraRequest,
  report,
  reportExport,
  asynchronousReportRun,
  dashboard,
  contentTransfer,
  contentDistribution,
  contentDocumentLink,
  documentAttachmentDownloads,
  search,
  searchClick,
  uniqueQuery,
  packageInstall,
  permissionUpdate,
  groupMembership,
  insufficientAccess,
  corsViolation,
  cspViolation,
  hostnameRedirects,
  insecureExternalAssets,
  quantumLedgerAccess,
];
