import type { Scenario } from './model.ts';

const shield: Scenario = {
  name: 'shield',
  edition: 'Enterprise Edition',
  restApi: true,
  eventMonitoring: 'shield',
  hourly: true,
  prepared: true,
  contentDeliveries: true,
  lockSessionsToIp: false,
  language: 'en_US',
  missingPermissions: [],
  allocation: 125_000,
  usedShare: 0.06,
};

const unprepared = { ...shield, prepared: false, contentDeliveries: false, lockSessionsToIp: true };

const officeHours = Object.fromEntries(
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].flatMap((day) => [
    [`${day}Start`, '480'],
    [`${day}End`, '1080'],
  ]),
);

/** Orgs with forecasting and Event Monitoring were seen to demand these with View All Data; no fixed list fits all. */
const forecasting = {
  ViewAllData: ['ViewAllForecasts', 'ViewDataLeakageEvents', 'ViewPlatformEvents'],
  ContentAdministrator: ['CreateWorkspaces'],
};

const variants: readonly Scenario[] = [
  shield,
  { ...unprepared, name: 'fresh' },
  { ...shield, name: 'no-shield', eventMonitoring: 'free', hourly: false },
  { ...shield, name: 'professional', edition: 'Professional Edition', restApi: false },
  { ...shield, name: 'locked-sessions', lockSessionsToIp: true },
  { ...shield, name: 'no-deliveries', contentDeliveries: false },
  { ...shield, name: 'missing-permissions', missingPermissions: ['ManageUsers', 'QueryAllFiles'] },
  { ...shield, name: 'japanese-user', language: 'ja' },
  { ...shield, name: 'no-hourly', hourly: false },
  { ...shield, name: 'nearly-exhausted', usedShare: 0.88 },
  { ...shield, name: 'frozen-account', frozen: true },
  { ...shield, name: 'persons-account', serviceProfile: 'System Administrator' },
  { ...shield, name: 'unassigned', serviceProfile: 'Standard User' },
  { ...shield, name: 'login-hours', loginHours: officeHours },
  { ...shield, name: 'login-ranges', loginIpRanges: [{ startAddress: '127.0.0.0', endAddress: '127.0.0.255' }] },
  { ...shield, name: 'api-access-control', adminApprovedAppsOnly: true, installedApps: [] },
  { ...shield, name: 'uninstalled-apps', installedApps: [] },
  { ...shield, name: 'hidden-deliveries', deliveriesNeedPermission: true },
  { ...shield, name: 'no-content-user', crmContentUser: false },
  { ...shield, name: 'generation-off', eventLogGeneration: false },
  { ...shield, name: 'exhausted', usedShare: 0.93 },
  { ...unprepared, name: 'forecasting', extraRequirements: forecasting },
  { ...unprepared, name: 'no-access', serviceProfile: 'Minimum Access - Salesforce' },
];

/** Every scenario by name; `shield` is the org in which everything is right, the others differ from it in what their name says. */
export const scenarios: ReadonlyMap<string, Scenario> = new Map(variants.map((scenario) => [scenario.name, scenario]));

/** @throws Error naming the scenarios there are. */
export function scenarioNamed(name: string): Scenario {
  const scenario = scenarios.get(name);
  if (scenario === undefined) {
    throw new Error(`Unknown scenario "${name}"; there are: ${[...scenarios.keys()].join(', ')}`);
  }
  return scenario;
}
