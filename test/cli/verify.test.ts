import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Outcome, VerifyReport } from '../../extension/prerequisites/report.ts';
import { startSimulatedOrg } from '../simulated-org/server.ts';
import type { SimulatedOrg } from '../simulated-org/server.ts';
import { control } from '../support/control.ts';
import { openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

const unprepared: Readonly<Record<string, Outcome>> = {
  session: 'warning',
  'connector-profile': 'fail',
  'permission-view-all-data': 'fail',
  'permission-manage-crm-content': 'fail',
  'permission-manage-users': 'fail',
  'permission-query-all-files': 'fail',
  'permission-modify-metadata': 'fail',
  'service-account': 'fail',
  'event-monitoring': 'unknown',
  'crm-content-user': 'unknown',
  'session-ip-lock': 'unknown',
  'content-deliveries': 'unknown',
  sources: 'fail',
};

/** How sf logs in, and what is no `pass` then; test/prerequisites has a row for each scenario. */
const scenarios: Readonly<Record<string, readonly ['jwt' | 'token', Readonly<Record<string, Outcome>>]>> = {
  shield: ['jwt', {}],
  fresh: ['token', unprepared],
  'locked-sessions': ['jwt', { 'session-ip-lock': 'fail' }],
};

async function logIn(workbench: Workbench, org: SimulatedOrg, alias: string, how: 'jwt' | 'token'): Promise<void> {
  const { instanceUrl, accessToken, username } = org;
  if (how === 'token') return workbench.sf.loginWithAccessToken({ alias, instanceUrl, accessToken });
  const app = await control<{ clientId: string; privateKey: string }>(org, 'GET /connected-app');
  await workbench.sf.loginWithJwt({ alias, instanceUrl, username, ...app });
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

  for (const [scenario, [how, expected]] of Object.entries(scenarios))
    it(`${scenario}: ${Object.values(expected).join(', ') || 'all pass'}, in at most 8 calls`, async () => {
      const org = await startSimulatedOrg({ scenario, scale: 0.02 });
      try {
        await logIn(workbench, org, scenario, how);
        await control(org, 'POST /requests/reset');
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
        const { counted } = await control<{ counted: number }>(org, 'GET /requests');
        assert.ok(counted <= 8, `${counted} calls`);
      } finally {
        await org.close();
      }
    });
});
