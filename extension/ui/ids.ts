/** Every id that package.json contributes and code refers to; a test keeps the two the same. */

export const COMMANDS = {
  verifyPrerequisites: 'orgwatch.verifyPrerequisites',
  syncEvents: 'orgwatch.syncEvents',
  prepareOrg: 'orgwatch.prepareOrg',
  unprepareOrg: 'orgwatch.unprepareOrg',
  showRemedy: 'orgwatch.showRemedy',
  openRawFile: 'orgwatch.openRawFile',
  reportIssue: 'orgwatch.reportIssue',
  syncSource: 'orgwatch.syncSource',
  cancelSync: 'orgwatch.cancelSync',
  pauseSchedule: 'orgwatch.pauseSchedule',
  resumeSchedule: 'orgwatch.resumeSchedule',
  authorizeOrg: 'orgwatch.authorizeOrg',
  selectOrg: 'orgwatch.selectOrg',
  checkLake: 'orgwatch.checkLake',
  prune: 'orgwatch.prune',
  refresh: 'orgwatch.refresh',
  showLog: 'orgwatch.showLog',
  openDashboard: 'orgwatch.openDashboard',
  newQuery: 'orgwatch.newQuery',
  openQuery: 'orgwatch.openQuery',
  runQuery: 'orgwatch.runQuery',
  cancelQuery: 'orgwatch.cancelQuery',
  exportResult: 'orgwatch.exportResult',
} as const;

export const SETTINGS = {
  targetOrg: 'orgwatch.targetOrg',
  dataDir: 'orgwatch.dataDir',
  quotaGuard: 'orgwatch.quota.guard',
  quotaReserve: 'orgwatch.quota.reserve',
  backfillDays: 'orgwatch.backfill.days',
  backfillBySource: 'orgwatch.backfill.bySource',
  orgs: 'orgwatch.orgs',
  scheduleEnabled: 'orgwatch.schedule.enabled',
  cadenceSignIns: 'orgwatch.cadence.signIns',
  cadenceSetupChanges: 'orgwatch.cadence.setupChanges',
  cadencePublicLinks: 'orgwatch.cadence.publicLinks',
  cadenceEventLogFiles: 'orgwatch.cadence.eventLogFiles',
  cadenceSnapshots: 'orgwatch.cadence.snapshots',
  eventTypesInclude: 'orgwatch.eventTypes.include',
  eventTypesExclude: 'orgwatch.eventTypes.exclude',
  workerMemory: 'orgwatch.worker.memory',
} as const;

/** URI scheme of raw files, decompressed. */
export const RAW_SCHEME = 'orgwatch-raw';

export const VIEWS = {
  orgs: 'orgwatch.orgs',
  runs: 'orgwatch.runs',
} as const;

/** Keys that `when` and `enablement` clauses of package.json ask for. */
export const LIVE_CONTEXTS = {
  syncing: 'orgwatch.syncing',
  /** on, paused, off */
  schedule: 'orgwatch.schedule',
  hasLake: 'orgwatch.hasLake',
} as const;

/** Keys of the schedule in the workspace's state: orgs that it is on for, and whether a person paused it. */
export const LAST_SCHEDULES = 'orgwatch.scheduledOrgs';
export const SCHEDULE_PAUSED = 'orgwatch.schedulePaused';

/** URI scheme of the read-only report documents. */
export const REPORT_SCHEME = 'orgwatch';

/** URI scheme of read-only SQL documents. */
export const QUERY_SCHEME = 'orgwatch-query';

/** Types of the webview panels. */
export const RESULT_VIEW = 'orgwatch.result';
export const DASHBOARD_VIEW = 'orgwatch.dashboard';

export const QUERIES_VIEW = 'orgwatch.queries';

/** Key of the last picked org in the workspace's state. */
export const LAST_ORG = 'orgwatch.lastOrg';

/** Key of the administrator's login that was picked last. */
export const LAST_ADMIN = 'orgwatch.lastAdmin';

/** Key of what Verify found last, by organization id, in the workspace's state. */
export const VERIFIED_ORGS = 'orgwatch.verifiedOrgs';

/** Context keys: the walkthrough's steps tick themselves by them, and welcome texts appear by them. */
export const CONTEXTS = {
  /** The rest has been looked up. */
  known: 'orgwatch.known',
  authorized: 'orgwatch.authorized',
  prepared: 'orgwatch.prepared',
  verified: 'orgwatch.verified',
  synced: 'orgwatch.synced',
} as const;

/** Context keys of editors and panels. */
export const EDITOR_CONTEXTS = {
  /** The active editor holds SQL that is ours. */
  sql: 'orgwatch.sqlEditor',
  /** A query runs, which can be cancelled. */
  running: 'orgwatch.queryRunning',
  /** There is a result that can be exported. */
  result: 'orgwatch.resultOpen',
} as const;
