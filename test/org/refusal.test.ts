import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { refusalOf, refusalOfFault, SalesforceRefusal } from '../../extension/org/refusal.ts';
import { namedFields } from '../../extension/sync/named-fields.ts';
import { verdictOn } from '../../extension/sync/outcome.ts';
import { contentDistribution } from '../../extension/sources/content-distribution.ts';
import { loginHistory } from '../../extension/sources/login-history.ts';
import { presentFields } from '../../extension/sources/soql.ts';
import type { Source } from '../../extension/sources/source.ts';

const refused = (status: number, errorCode: string, message = 'no') =>
  refusalOf(status, JSON.stringify([{ errorCode, message }]), 'query LoginHistory');
const stateOf = (error: unknown, source: Source = contentDistribution): string => {
  const verdict = verdictOn(error, source);
  return verdict.kind === 'source' ? verdict.state : verdict.kind;
};

describe('a refusal', () => {
  it('is never “unavailable” for a code that is not known, whatever its status', () => {
    const code = fc.stringMatching(/^[A-Z_]{3,40}$/);
    const status = fc.integer({ min: 400, max: 599 });
    fc.assert(
      fc.property(status, code, (status, code) => assert.notEqual(stateOf(refused(status, code)), 'unavailable')),
    );
    fc.assert(
      fc.property(status, fc.string(), (status, body) =>
        assert.notEqual(stateOf(refusalOf(status, body, 'query')), 'unavailable'),
      ),
    );
  });

  it('is “unavailable” where Salesforce names the object that it does not have, only that one, and only one that an org can lack', () => {
    const said = (object: string): string =>
      `\nSELECT Id FROM ContentDistribution\n               ^\nERROR at Row:1:Column:16\nsObject type '${object}' is not supported.`;
    assert.equal(stateOf(refused(400, 'INVALID_TYPE', said('ContentDistribution'))), 'unavailable');
    assert.equal(stateOf(refused(400, 'INVALID_TYPE', said('LoginGeo'))), 'failed');
    assert.equal(stateOf(refused(400, 'INVALID_TYPE', said('LoginHistory')), loginHistory), 'failed');
    assert.equal(stateOf(refused(400, 'INVALID_TYPE')), 'failed');
    assert.equal(stateOf(refused(404, 'NOT_FOUND')), 'failed');
  });

  it('ends the run where the account or the org is not let in', () => {
    for (const code of ['TRIAL_EXPIRED', 'ORG_LOCKED', 'LOGIN_DURING_RESTRICTED_TIME', 'URL_NOT_RESET']) {
      assert.equal(refused(403, code).code, 'ACCESS_REFUSED');
      assert.equal(stateOf(refused(403, code)), 'fatal');
      assert.notEqual(refused(403, code).actions.length, 0);
    }
  });

  it('is worth another try with 500, unless Salesforce says that it is not', () => {
    assert.equal(refused(500, 'UNKNOWN_EXCEPTION').retryable, true);
    assert.equal(refusalOf(500, '<html>', 'query').retryable, true);
    assert.equal(refused(500, 'INVALID_FIELD').retryable, false);
    assert.equal(refusalOfFault(500, { code: 'sf:SOMETHING_NEW', text: 'no' }, 'read').retryable, false);
    assert.equal(refusalOfFault(500, { code: 'sf:INVALID_SESSION_ID', text: 'no' }, 'read').code, 'SESSION_EXPIRED');
  });
});

describe('a field that a refusal names', () => {
  const asked = presentFields(loginHistory, new Set()).map(({ name }) => name);
  const named = (message: string, fields: readonly string[] = []): readonly string[] =>
    namedFields(new SalesforceRefusal(400, 'INVALID_FIELD', message, fields), 'LoginHistory', asked);

  it('is that one alone', () => {
    assert.deepEqual(
      named("SELECT 'Browser'\n ^\nNo such column 'ForwardedForIp' on entity 'LoginHistory'. append '__c'"),
      ['ForwardedForIp'],
    );
    assert.deepEqual(named("No such column 'LoginGeoId' on entity 'LoginHistory'"), ['LoginGeoId']);
    assert.deepEqual(named("No such column 'City' on entity 'LoginGeo'"), ['LoginGeo.City']);
    assert.deepEqual(named('', ['NetworkId']), ['NetworkId']);
  });

  it('is all of a relationship where that is not understood', () => {
    const geo = asked.filter((name) => name.startsWith('LoginGeo.'));
    assert.deepEqual(named("Didn't understand relationship 'LoginGeo' in field path. append the '__r'"), geo);
  });

  it('is none where none was asked for, or none is named', () => {
    for (const message of ["No such column 'Other' on entity 'LoginHistory'", 'no', ''])
      assert.deepEqual(named(message), []);
    assert.deepEqual(named("No such column 'Status' on entity 'Other'"), []);
    fc.assert(fc.property(fc.string(), (text) => named(text).every((name) => asked.includes(name))));
  });
});
