import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Answers } from '../../extension/prerequisites/answers.ts';
import { PREREQUISITES } from '../../extension/prerequisites/registry.ts';
import { judge } from '../../extension/prerequisites/verify.ts';
import { ALL_RIGHT, profileGrant, setGrant } from './answers.ts';
import { nonPasses } from './org-and-doors.ts';
import { CASES, noAccess } from './outcome-cases.ts';

describe('the outcome of a prerequisite', () => {
  for (const [name, answers, expected] of CASES)
    it(`${name}: ${
      Object.entries(expected)
        .map((pair) => pair.join(' '))
        .join(', ') || 'all pass'
    }`, () => {
      const report = judge({ ...ALL_RIGHT, ...answers });
      const notPassed = Object.fromEntries(Object.entries(expected).filter(([, outcome]) => outcome !== 'pass'));
      assert.deepEqual(nonPasses(report), notPassed);
      const values = Object.values(notPassed);
      const overall = values.includes('fail') ? 'fail' : values.length > 0 ? 'warning' : 'pass';
      assert.equal(report.outcome, overall);
    });

  it('of one thing is the worst of all that makes it up, with what to do about each', () => {
    const found = judge({
      ...ALL_RIGHT,
      userLogin: { value: { frozen: true, passwordLocked: true } },
      loginRestrictions: { value: { hours: ['monday 8–18 h'], ranges: [] } },
    }).prerequisites.find(({ id }) => id === 'service-account');
    assert.equal(found?.outcome, 'fail');
    assert.match(found?.remedy ?? '', /unfreeze[^]*Unlock[^]*login-hours/i);
  });

  it('has a remedy where something is to be done, and only there; and evidence always', () => {
    for (const [name, answers] of CASES)
      for (const { id, outcome, evidence, remedy, fix } of judge({ ...ALL_RIGHT, ...answers }).prerequisites) {
        assert.equal(remedy === null, outcome === 'pass', `${name}: ${id}`);
        assert.equal(fix === null, outcome === 'pass', `${name}: ${id}`);
        if (fix?.url) assert.match(fix.url, /^https:\/\/example\.my\.salesforce\.com\/lightning\/setup\//);
        assert.match(evidence, /^\S.*[.:)]$|^\S.*\.$/, `${name}: ${id}: ${evidence}`);
        assert.doesNotMatch(`${evidence} ${remedy}`, /undefined|NaN|\[object|\.\./, `${name}: ${id}`);
      }
  });

  it('a user who may see nothing gets an honest answer to every question', () => {
    const nothing = Object.fromEntries(
      Object.entries(ALL_RIGHT).map(([name, answer]) => [
        name,
        typeof answer === 'object' && 'value' in answer ? noAccess : answer,
      ]),
    ) as unknown as Answers;
    const report = judge({
      ...nothing,
      sources: new Map([...ALL_RIGHT.sources.keys()].map((name) => [name, noAccess])),
      usage: { ...nothing.usage, max: undefined, remaining: undefined },
    });
    assert.equal(report.prerequisites.length, PREREQUISITES.length);
    for (const { id, outcome, evidence } of report.prerequisites) {
      // An API that refuses everything is no question that stays open.
      assert.equal(outcome, id === 'rest-api' ? 'fail' : 'unknown', id);
      if (id !== 'api-allocation') assert.match(evidence, /INSUFFICIENT_ACCESS/, id);
    }
  });

  it('says where a permission comes from', () => {
    const evidence = judge({
      ...ALL_RIGHT,
      grants: {
        value: [
          { ...profileGrant('Standard User'), permissions: new Set(['ApiEnabled']) },
          setGrant('Event Reader', 'Event_Reader', ['ApiEnabled', 'ViewAllData']),
        ],
      },
    }).prerequisites.find(({ id }) => id === 'permission-api-enabled')?.evidence;
    assert.match(evidence ?? '', /profile “Standard User” and permission set “Event Reader”/);
  });
});
