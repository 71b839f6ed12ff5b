import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { isValidId, sample } from './support/sample.ts';
import type { Sample } from './support/sample.ts';

describe('simulated org: setup audit trail and content', function () {
  this.timeout(60_000);
  let org: Sample;
  before(() => {
    org = sample();
  });

  it('tells about 1,500 changes in 60 days, with action codes, and goes back 180 days', () => {
    const rows = org.dataset.setupAuditTrail(org.clock.now);
    const recent = rows.filter((row) => String(row['CreatedDate']) >= '2026-09-25T05:30');
    assert.ok(recent.length > 1_100 && recent.length < 1_900, String(recent.length));
    assert.ok(String(rows[0]?.['CreatedDate']) < '2026-06-02');
    assert.ok(new Set(rows.map((row) => row['Action'])).size >= 30);
    assert.ok(rows.every((row) => isValidId(row['Id'], '0Ym')));
    assert.ok(rows.every((row) => !String(row['Display']).includes('{')));
  });

  it('has rows of the system itself, rows without section and rows of a delegate', () => {
    const rows = org.dataset.setupAuditTrail(org.clock.now);
    assert.ok(rows.some((row) => row['CreatedById'] === null));
    assert.ok(rows.some((row) => row['Section'] === null));
    assert.ok(rows.some((row) => row['DelegateUser'] !== null));
    assert.ok(rows.some((row) => row['ResponsibleNamespacePrefix'] !== null));
    const users = new Set([null, ...org.population.users.map((user) => user['Id'])]);
    assert.ok(rows.every((row) => users.has(row['CreatedById'] as string | null)));
  });

  it('has public links with and without password and expiry, to files that exist', () => {
    const { dataset, clock } = org;
    const documents = new Map(dataset.contentDocuments(clock.now).map((row) => [row['Id'], row]));
    const versions = new Map(dataset.contentVersions(clock.now).map((row) => [row['Id'], row]));
    const distributions = dataset.contentDistributions(clock.now);
    assert.ok(distributions.length > 100);
    for (const row of distributions) {
      assert.ok(isValidId(row['Id'], '05D'));
      assert.ok(documents.has(row['ContentDocumentId']));
      assert.equal(versions.get(row['ContentVersionId'])?.['ContentDocumentId'], row['ContentDocumentId']);
      assert.equal(row['PreferencesPasswordRequired'], row['Password'] !== null);
      assert.equal(row['PreferencesExpires'], row['ExpiryDate'] !== null);
    }
    for (const [password, expires] of [
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ]) {
      assert.ok(
        distributions.some(
          (row) => row['PreferencesPasswordRequired'] === password && row['PreferencesExpires'] === expires,
        ),
      );
    }
  });

  it('links files to users, records and groups', () => {
    const { dataset, clock } = org;
    const documents = new Map(dataset.contentDocuments(clock.now).map((row) => [row['Id'], row]));
    const links = dataset.contentDocumentLinks(clock.now);
    assert.ok(links.every((row) => isValidId(row['Id'], '06A') && documents.has(row['ContentDocumentId'])));
    assert.deepEqual(new Set(links.map((row) => row['ShareType'])), new Set(['V', 'C', 'I']));
    const users = new Set(org.population.users.map((user) => user['Id']));
    assert.ok(links.some((row) => users.has(row['LinkedEntityId'])));
    for (const document of documents.values()) assert.ok(isValidId(document['LatestPublishedVersionId'], '068'));
  });

  it('shows a public link that an intruder made minutes after an administrator added a permission', () => {
    const { dataset, clock } = org;
    const changes = dataset
      .setupAuditTrail(clock.now)
      .filter((row) => String(row['Display']).includes('View All Data'));
    const links = dataset.contentDistributions(clock.now).filter((row) => row['Password'] === null);
    const pairs = changes.filter((change) =>
      links.some((link) => {
        const gap = Date.parse(String(link['CreatedDate'])) - Date.parse(String(change['CreatedDate']));
        return gap > 0 && gap < 15 * 60_000;
      }),
    );
    assert.ok(pairs.length >= 5);
  });
});
