/** Every id that package.json contributes and code refers to; a test keeps the two the same. */

export const COMMANDS = {
  verifyPrerequisites: 'orgwatch.verifyPrerequisites',
  syncEvents: 'orgwatch.syncEvents',
} as const;

export const SETTINGS = {
  targetOrg: 'orgwatch.targetOrg',
  dataDir: 'orgwatch.dataDir',
  quotaGuard: 'orgwatch.quota.guard',
  quotaReserve: 'orgwatch.quota.reserve',
  backfillDays: 'orgwatch.backfill.days',
} as const;

/** URI scheme of the read-only report documents. */
export const REPORT_SCHEME = 'orgwatch';

/** Key of the last picked org in the workspace's state. */
export const LAST_ORG = 'orgwatch.lastOrg';
