import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ORG_ID, isValidId, sample } from './support/sample.ts';

describe('simulated org: population', () => {
  it('has as many people as the scale asks for, each with valid Ids and a user name of their own', () => {
    const { population } = sample();
    assert.ok(population.users.length >= 40 && population.users.length <= 120, String(population.users.length));
    assert.ok(population.users.every((user) => isValidId(user['Id'], '005')));
    assert.equal(new Set(population.users.map((user) => user['Username'])).size, population.users.length);
    assert.equal(new Set(population.users.map((user) => user['Id'])).size, population.users.length);
    assert.equal(population.organization['Id'], ORG_ID);
  });

  it('knows its administrator and the service account', () => {
    const { population } = sample({ scenario: 'japanese-user' });
    const byId = new Map(population.users.map((user) => [user['Id'], user]));
    assert.equal(byId.get(population.adminUserId)?.['ProfileName'], 'System Administrator');
    assert.equal(byId.get(population.adminUserId)?.['IsActive'], true);
    assert.equal(byId.get(population.serviceUserId)?.['LanguageLocaleKey'], 'ja');
    assert.equal(population.organization['LanguageLocaleKey'], 'en_US');
  });

  it('has people in several countries, time zones and scripts, and some who may not sign in', () => {
    const { users } = sample().population;
    for (const field of ['TimeZoneSidKey', 'LanguageLocaleKey', 'Country']) {
      assert.ok(new Set(users.map((user) => user[field])).size >= 3, field);
    }
    assert.ok(users.some((user) => /[^\u0000-\u024f]/.test(String(user['Name']))));
    assert.ok(users.some((user) => user['IsActive'] === false));
    assert.ok(users.some((user) => user['LastLoginDate'] !== null));
  });

  it('keeps the same people when it grows', () => {
    const small = sample({ scale: 0.5 }).population.roster;
    const large = sample({ scale: 4 }).population.roster;
    assert.deepEqual(large.slice(0, small.length), small);
  });
});
