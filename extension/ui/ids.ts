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
  trustLake: 'orgwatch.trustLake',
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

/** Those that open nothing of the folder: all others do nothing until the person trusts it. */
export const FREE_COMMANDS: ReadonlySet<string> = new Set([
  ...[COMMANDS.newQuery, COMMANDS.openQuery, COMMANDS.cancelQuery, COMMANDS.cancelSync],
  ...[COMMANDS.showLog, COMMANDS.reportIssue],
]);

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

export const VIEWS = {
  orgs: 'orgwatch.orgs',
  runs: 'orgwatch.runs',
  queries: 'orgwatch.queries',
} as const;

/** Types of the webview panels. */
export const RESULT_VIEW = 'orgwatch.result';
export const DASHBOARD_VIEW = 'orgwatch.dashboard';

/** URI schemes of read-only documents: reports, SQL, and raw files decompressed. */
export const REPORT_SCHEME = 'orgwatch';
export const QUERY_SCHEME = 'orgwatch-query';
export const RAW_SCHEME = 'orgwatch-raw';

/** Context keys that follow from what goes on. */
export const LIVE_CONTEXTS = {
  syncing: 'orgwatch.syncing',
  /** on, paused, off */
  schedule: 'orgwatch.schedule',
  hasLake: 'orgwatch.hasLake',
} as const;

/** Context keys: the walkthrough's steps tick themselves by them, and welcome texts appear by them. */
export const CONTEXTS = {
  /** The rest has been looked up. */
  known: 'orgwatch.known',
  authorized: 'orgwatch.authorized',
  prepared: 'orgwatch.prepared',
  verified: 'orgwatch.verified',
  synced: 'orgwatch.synced',
} as const;

/** Context key that is true for a moment, in which the walkthrough looks at the others. */
export const TICK_CONTEXT = 'orgwatch.tick';

/** Context keys of editors and panels. */
export const EDITOR_CONTEXTS = {
  /** The active editor holds SQL that is ours. */
  sql: 'orgwatch.sqlEditor',
  /** A query runs, which can be cancelled. */
  running: 'orgwatch.queryRunning',
  /** There is a result that can be exported. */
  result: 'orgwatch.resultOpen',
} as const;

/** Keys of the workspace's state: the org, the administrator's login and the lake that were picked last. */
export const LAST_ORG = 'orgwatch.lastOrg';
export const LAST_ADMIN = 'orgwatch.lastAdmin';
export const LAST_LAKE = 'orgwatch.lastLake';

/** Of the schedule: the orgs that it is on for, and whether a person paused it. */
export const LAST_SCHEDULES = 'orgwatch.scheduledOrgs';
export const SCHEDULE_PAUSED = 'orgwatch.schedulePaused';

/** What Verify found last, by organization id. */
export const VERIFIED_ORGS = 'orgwatch.verifiedOrgs';
