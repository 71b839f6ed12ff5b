import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DAY } from '../../extension/shared/utc.ts';
import type { SyncReport } from '../../extension/sync/report.ts';
import { orgAndLake } from '../sync/org-and-lake.ts';

const RECENT = { since: new Date(Date.now() - 2 * DAY), eventTypes: { include: ['Login'] } };

function reasons({ sources }: SyncReport): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(sources.map(({ source, reason }) => [source, reason]));
}

function states({ sources }: SyncReport): Readonly<Record<string, string>> {
  return Object.fromEntries(sources.map(({ source, state }) => [source, state]));
}

describe('a source that brings little says why', () => {
  it('names the permission that is missing, and asks for it once an hour at most', async () => {
    await using both = await orgAndLake({ scenario: 'missing-permissions' });
    const sources = ['content_distribution', 'content_document_link'];
    const report = await both.sync({ ...RECENT, sources });
    assert.match(reasons(report)['content_distribution'] ?? '', /^This user lacks Query All Files: public links/);
    assert.match(reasons(report)['content_document_link'] ?? '', /^This user lacks Query All Files: shares/);
    assert.match(report.sources[0]?.actions?.[0] ?? '', /orgwatch prepare.*Query All Files/);
    assert.equal(report.quota.requests, 2);
    const again = await both.sync({ ...RECENT, sources });
    assert.deepEqual(reasons(again), reasons(report));
    assert.equal(again.quota.requests, 1);
  });

  it('tells a user who sees only what is its own', async () => {
    await using both = await orgAndLake({ scenario: 'missing-permissions' });
    const report = await both.sync({ ...RECENT, sources: ['login_history', 'oauth_token_snapshot'] });
    const [logins, tokens] = report.sources;
    assert.match(logins?.reason ?? '', /lacks Manage Users or Monitor Login History: sign-ins of other users/);
    assert.match(tokens?.reason ?? '', /lacks Customize Application: OAuth tokens of other users/);
  });

  it('tells an empty org from a blind user, and what the org has switched off', async () => {
    await using fresh = await orgAndLake({ scenario: 'fresh' });
    const blind = await fresh.sync({ ...RECENT, sources: ['login_history', 'content_distribution', 'event_log'] });
    assert.equal(blind.outcome, 'failed');
    assert.equal(states(blind)['login_history'], 'limited');
    assert.equal(states(blind)['event_log'], 'failed');
    assert.equal(states(blind)['content_distribution'], 'unavailable');
    assert.match(reasons(blind)['event_log'] ?? '', /lacks View Event Log Files or View All Data: event log files/);
    assert.match(reasons(blind)['content_distribution'] ?? '', /switched off in this org/);
    await using off = await orgAndLake({ scenario: 'no-deliveries' });
    const report = await off.sync({ ...RECENT, sources: ['content_distribution'] });
    assert.equal(states(report)['content_distribution'], 'unavailable');
    assert.match(reasons(report)['content_distribution'] ?? '', /switched off in this org/);
  });
});
