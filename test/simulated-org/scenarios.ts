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

const variants: readonly Scenario[] = [
  shield,
  { ...shield, name: 'fresh', prepared: false, contentDeliveries: false, lockSessionsToIp: true },
  { ...shield, name: 'no-shield', eventMonitoring: 'free', hourly: false },
  { ...shield, name: 'professional', edition: 'Professional Edition', restApi: false },
  { ...shield, name: 'locked-sessions', lockSessionsToIp: true },
  { ...shield, name: 'no-deliveries', contentDeliveries: false },
  { ...shield, name: 'missing-permissions', missingPermissions: ['ManageUsers', 'QueryAllFiles'] },
  { ...shield, name: 'japanese-user', language: 'ja' },
  { ...shield, name: 'no-hourly', hourly: false },
  { ...shield, name: 'nearly-exhausted', usedShare: 0.88 },
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
