import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { PREREQUISITES } from '../../extension/prerequisites/registry.ts';
import type { Outcome } from '../../extension/prerequisites/report.ts';
import { scenarios } from '../simulated-org/scenarios.ts';
import { nonPasses, orgAndDoors } from './org-and-doors.ts';

type Outcomes = Readonly<Record<string, Outcome>>;

const everyUnknown: Outcomes = Object.fromEntries(PREREQUISITES.map(({ id }) => [id, 'unknown']));

const unprepared: Outcomes = {
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

/** What is no `pass`, in each scenario; a row for each prerequisite follows from it. */
const EXPECTED: Readonly<Record<string, Outcomes>> = {
  shield: {},
  fresh: unprepared,
  'no-shield': { 'event-monitoring': 'warning' },
  professional: { ...everyUnknown, session: 'pass', 'rest-api': 'fail', 'api-allocation': 'pass' },
  'locked-sessions': { 'session-ip-lock': 'fail' },
  'no-deliveries': { 'content-deliveries': 'fail', sources: 'warning' },
  'missing-permissions': {
    'connector-profile': 'fail',
    'permission-manage-users': 'fail',
    'permission-query-all-files': 'fail',
    'content-deliveries': 'warning',
    sources: 'fail',
  },
  'japanese-user': { language: 'warning' },
  'no-hourly': {},
  'nearly-exhausted': { 'api-allocation': 'warning' },
  // Orgwatch leaves the last calls alone: after the first answer, which tells, it asks no more.
  exhausted: {
    'app-access': 'unknown',
    'service-account': 'pass',
    'event-monitoring': 'unknown',
    'session-ip-lock': 'unknown',
    'content-deliveries': 'unknown',
    'api-allocation': 'fail',
    sources: 'unknown',
  },
  'frozen-account': { 'service-account': 'fail' },
  'persons-account': {
    'connector-profile': 'fail',
    'permission-query-all-files': 'fail',
    'service-account': 'fail',
    sources: 'fail',
  },
  unassigned: { ...unprepared, 'crm-content-user': 'pass', 'content-deliveries': 'pass' },
  'login-hours': { 'service-account': 'warning' },
  'login-ranges': {},
  'api-access-control': { 'app-access': 'warning' },
  'uninstalled-apps': { 'app-access': 'warning' },
  'hidden-deliveries': { 'content-deliveries': 'warning' },
  'no-content-user': { 'crm-content-user': 'fail' },
  'generation-off': { 'event-monitoring': 'warning' },
  forecasting: unprepared,
  'no-access': { ...everyUnknown, session: 'pass', 'rest-api': 'fail', 'api-allocation': 'pass' },
};

describe('Verify of a simulated org', function () {
  this.timeout(60_000);

  it('knows every scenario', () => {
    assert.deepEqual(Object.keys(EXPECTED).sort(), [...scenarios.keys()].sort());
  });

  for (const [scenario, expected] of Object.entries(EXPECTED))
    describe(scenario, () => {
      let found: Outcomes;

      it('takes at most 8 calls and writes nothing', async () => {
        await using org = await orgAndDoors(scenario);
        const before = await org.control('GET /state');
        await org.control('POST /requests/reset');
        const { report } = await org.verify();
        found = Object.fromEntries(report.prerequisites.map(({ id, outcome }) => [id, outcome]));
        const requests = await org.control<{ counted: number; byKind: Record<string, number> }>('GET /requests');
        assert.ok(requests.counted <= 8, `${requests.counted} calls`);
        const readers = ['composite', 'metadata-soap', 'userinfo'];
        for (const kind of Object.keys(requests.byKind)) assert.ok(readers.includes(kind), kind);
        const after = await org.control('GET /state');
        assert.deepEqual({ ...(after as object), usage: 0 }, { ...(before as object), usage: 0 });
        assert.equal(report.prerequisites.length, PREREQUISITES.length);
        if (Object.keys(nonPasses(report)).length === 0) assert.equal(report.outcome, 'pass');
      });

      for (const { id } of PREREQUISITES)
        it(`${id}: ${expected[id] ?? 'pass'}`, () => {
          assert.equal(found[id], expected[id] ?? 'pass');
        });
    });
});
