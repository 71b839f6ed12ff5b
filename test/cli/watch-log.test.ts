import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { watchLog } from '../../extension/cli/watch-log.ts';
import { HOUR } from '../../extension/shared/utc.ts';
import { watch } from '../../extension/sync/watch.ts';
import type { FaultInput } from '../simulated-org/http/faults.ts';
import { orgAndLake, type OrgAndLake } from '../sync/org-and-lake.ts';
import { recordingTerminal } from './terminal.ts';

const SOURCES = ['login_history', 'setup_audit_trail'];

describe('the log of a watch', () => {
  let both: OrgAndLake;
  before(async () => {
    both = await orgAndLake({ scenario: 'no-shield', scale: 0.02 });
    await both.sync({ sources: SOURCES });
  });
  after(() => both[Symbol.asyncDispose]());
  afterEach(() => both.noFaults());

  let hours = 0;

  /** What it says of the next sync, however that ends: an hour later, so that all is due. */
  async function logged(format: 'json' | 'text'): Promise<string> {
    const terminal = recordingTerminal();
    const ahead = ++hours * HOUR;
    const clock = { now: () => Date.now() + ahead };
    const write = watchLog(terminal, format, clock);
    const stop = new AbortController();
    await watch({
      ...{ orgs: [both.door], dataDir: both.dataDir, since: both.since, sources: SOURCES, clock, signal: stop.signal },
      onEvent: (event) => {
        write(event);
        if (event.kind === 'sync-ended' || event.kind === 'sync-failed') stop.abort();
      },
    });
    return terminal.written.out;
  }

  const noSignIns = JSON.stringify({ totalSize: 0, done: true, records: [] });
  const troubles: readonly [what: string, fault: FaultInput, level: string, says: RegExp][] = [
    [
      'a source that is refused',
      { kind: 'refuse', path: 'LoginHistory', status: 403, errorCode: 'INSUFFICIENT_ACCESS' },
      'error',
      /login_history failed: .*INSUFFICIENT_ACCESS/,
    ],
    [
      'a source that had events and shows none',
      { kind: 'answer', path: 'LoginHistory', body: noSignIns },
      'warn',
      /login_history limited: .*shows none to this account now/,
    ],
    [
      'an account that is not let in',
      { kind: 'refuse', path: 'query', status: 403, errorCode: 'TRIAL_EXPIRED' },
      'error',
      /TRIAL_EXPIRED/,
    ],
  ];
  for (const [what, fault, level, says] of troubles) {
    it(`is loud about ${what}`, async () => {
      await both.fault(fault);
      const lines = (await logged('json')).trim().split('\n');
      const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      const ended = entries.find(({ event }) => event === 'sync-ended' || event === 'sync-failed');
      assert.equal(ended?.['level'], level, JSON.stringify(ended));
      assert.match(await logged('text'), says);
    });
  }
});
