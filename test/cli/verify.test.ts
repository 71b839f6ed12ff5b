import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Outcome, VerifyReport } from '../../extension/prerequisites/report.ts';
import { startSimulatedOrg } from '../simulated-org/server.ts';
import type { SimulatedOrg } from '../simulated-org/server.ts';
import { openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

const noPermissions: Readonly<Record<string, Outcome>> = {
  'permission-view-all-data': 'fail',
  'permission-manage-crm-content': 'fail',
  'permission-manage-users': 'fail',
  'permission-query-all-files': 'fail',
  'permission-modify-metadata': 'fail',
};

/** What is no `pass` in each scenario. */
const scenarios: Readonly<Record<string, Readonly<Record<string, Outcome>>>> = {
  shield: {},
  fresh: {
    'connector-profile': 'fail',
    ...noPermissions,
    'event-monitoring': 'unknown',
    'crm-content-user': 'unknown',
    'session-ip-lock': 'unknown',
    'content-deliveries': 'unknown',
  },
  professional: {
    'rest-api': 'fail',
    'connector-profile': 'unknown',
    'permission-api-enabled': 'unknown',
    'permission-view-all-data': 'unknown',
    'permission-manage-crm-content': 'unknown',
    'permission-manage-users': 'unknown',
    'permission-query-all-files': 'unknown',
    'permission-modify-metadata': 'unknown',
    'event-monitoring': 'unknown',
    'crm-content-user': 'unknown',
    'session-ip-lock': 'unknown',
    'content-deliveries': 'unknown',
    language: 'unknown',
  },
  'locked-sessions': { 'session-ip-lock': 'fail' },
  'no-deliveries': { 'content-deliveries': 'fail' },
  'missing-permissions': {
    'connector-profile': 'fail',
    'permission-manage-users': 'fail',
    'permission-query-all-files': 'fail',
  },
  'japanese-user': { language: 'warning' },
  'no-shield': { 'event-monitoring': 'warning' },
  'no-hourly': {},
  'nearly-exhausted': { 'api-allocation': 'warning' },
};

/** Without the REST API, sf cannot find out whose access token it is; a JWT login names the user itself. */
async function logIn(workbench: Workbench, org: SimulatedOrg, scenario: string): Promise<void> {
  const { instanceUrl, accessToken, username, controlUrl } = org;
  if (scenario !== 'professional') {
    return workbench.sf.loginWithAccessToken({ alias: scenario, instanceUrl, accessToken });
  }
  const response = await fetch(new URL('/connected-app', controlUrl));
  const app = (await response.json()) as { clientId: string; privateKey: string };
  await workbench.sf.loginWithJwt({ alias: scenario, instanceUrl, username, ...app });
}

describe('orgwatch verify, with the real sf against the simulated org', function () {
  // Each step starts processes; on a busy machine that takes its time.
  this.timeout(180_000);
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
  });

  after(async () => {
    await workbench[Symbol.asyncDispose]();
  });

  for (const [scenario, expected] of Object.entries(scenarios))
    it(`${scenario}: ${Object.values(expected).join(', ') || 'all pass'}, in at most 8 calls`, async () => {
      const org = await startSimulatedOrg({ scenario, scale: 0.02 });
      try {
        await logIn(workbench, org, scenario);
        await fetch(new URL('/requests/reset', org.controlUrl), { method: 'POST' });
        const { exitCode, stdout, stderr } = await workbench.orgwatch(['verify', '--target-org', scenario, '--json']);
        assert.equal(stderr, '');
        const report = JSON.parse(stdout) as VerifyReport;
        const found = report.prerequisites.filter(({ outcome }) => outcome !== 'pass');
        assert.deepEqual(
          Object.fromEntries(found.map(({ id, outcome }) => [id, outcome])),
          expected,
          JSON.stringify(found, null, 1),
        );
        assert.equal(exitCode, Object.values(expected).includes('fail') ? 1 : 0);
        assert.equal(report.org.username, org.username);
        const { counted } = (await (await fetch(new URL('/requests', org.controlUrl))).json()) as { counted: number };
        assert.ok(counted <= 8, `${counted} calls`);
      } finally {
        await org.close();
      }
    });
});
