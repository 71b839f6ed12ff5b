import { json, type Reply } from '../http/reply.ts';
import type { SessionRequest } from '../http/request.ts';
import { holds } from '../objects/viewer.ts';
import type { Org } from '../org.ts';
import { SalesforceError } from '../salesforce-error.ts';

/** Max and Remaining as the REST API guide's sample has them; DailyApiRequests is the org's own. */
const samples: Readonly<Record<string, readonly [max: number, remaining: number]>> = {
  ActiveScratchOrgs: [3, 3],
  AnalyticsExternalDataSizeMB: [40_960, 40_960],
  ConcurrentAsyncGetReportInstances: [200, 200],
  ConcurrentEinsteinDataInsightsStoryCreation: [5, 5],
  ConcurrentEinsteinDiscoveryStoryCreation: [2, 2],
  ConcurrentSyncReportRuns: [20, 20],
  DailyAnalyticsDataflowJobExecutions: [60, 60],
  DailyAnalyticsUploadedFilesSizeMB: [51_200, 51_200],
  DailyAsyncApexExecutions: [250_000, 250_000],
  DailyAsyncApexTests: [500, 500],
  DailyBulkApiBatches: [15_000, 15_000],
  DailyBulkV2QueryFileStorageMB: [976_562, 976_562],
  DailyBulkV2QueryJobs: [10_000, 10_000],
  DailyDeliveredPlatformEvents: [10_000, 10_000],
  DailyDurableGenericStreamingApiEvents: [10_000, 10_000],
  DailyDurableStreamingApiEvents: [10_000, 10_000],
  DailyEinsteinDataInsightsStoryCreation: [1000, 1000],
  DailyEinsteinDiscoveryPredictAPICalls: [50_000, 50_000],
  DailyEinsteinDiscoveryPredictionsByCDC: [5_000_000, 5_000_000],
  DailyEinsteinDiscoveryStoryCreation: [100, 100],
  DailyFunctionsApiCallLimit: [235_000, 235_000],
  DailyGenericStreamingApiEvents: [10_000, 10_000],
  DailyScratchOrgs: [6, 6],
  DailyStandardVolumePlatformEvents: [10_000, 10_000],
  DailyStreamingApiEvents: [10_000, 10_000],
  DailyWorkflowEmails: [100_000, 100_000],
  DataStorageMB: [1024, 1024],
  DurableStreamingApiConcurrentClients: [20, 20],
  FileStorageMB: [1024, 1024],
  HourlyAsyncReportRuns: [1200, 1200],
  HourlyDashboardRefreshes: [200, 200],
  HourlyDashboardResults: [5000, 5000],
  HourlyDashboardStatuses: [999_999_999, 999_999_999],
  HourlyLongTermIdMapping: [100_000, 100_000],
  HourlyManagedContentPublicRequests: [50_000, 50_000],
  HourlyODataCallout: [20_000, 20_000],
  HourlyPublishedPlatformEvents: [50_000, 50_000],
  HourlyPublishedStandardVolumePlatformEvents: [1000, 1000],
  HourlyShortTermIdMapping: [100_000, 100_000],
  HourlySyncReportRuns: [500, 500],
  HourlyTimeBasedWorkflow: [1000, 1000],
  MassEmail: [5000, 5000],
  MonthlyEinsteinDiscoveryStoryCreation: [500, 500],
  Package2VersionCreates: [6, 6],
  Package2VersionCreatesWithoutValidation: [500, 500],
  PlatformEventTriggersWithParallelProcessing: [5, 4],
  PrivateConnectOutboundCalloutHourlyLimitMB: [0, 0],
  SingleEmail: [5000, 5000],
  StreamingApiConcurrentClients: [20, 20],
};

const forUserManagers = ['DataStorageMB', 'FileStorageMB'];

/** `GET /limits`: takes View Setup; the two storage limits take Manage Users. */
export function limits(org: Org, { viewer }: SessionRequest): Reply {
  if (!holds(viewer, 'ViewSetup')) {
    throw new SalesforceError(403, 'FORBIDDEN', 'You do not have access to this resource');
  }
  const shown = Object.entries(samples)
    .filter(([name]) => !forUserManagers.includes(name) || holds(viewer, 'ManageUsers'))
    .map(([name, [Max, Remaining]]): [string, object] => [name, { Max, Remaining }]);
  shown.push(['PermissionSets', { Max: 1500, Remaining: 1499, CreateCustom: { Max: 1000, Remaining: 999 } }]);
  shown.push([
    'DailyApiRequests',
    {
      Max: org.allocation.max,
      Remaining: org.allocation.remaining,
      'Ant Migration Tool': { Max: 0, Remaining: 0 },
      'Dataloader Bulk': { Max: 0, Remaining: 0 },
      'Salesforce CLI': { Max: 0, Remaining: 0 },
    },
  ]);
  shown.sort(([a], [b]) => (a < b ? -1 : 1));
  return json(Object.fromEntries(shown));
}
