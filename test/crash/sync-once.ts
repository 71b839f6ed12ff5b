import { openCalls } from '../../extension/lake/calls.ts';
import { doorFor } from '../../extension/org/open-door.ts';
import { sync } from '../../extension/sync/sync.ts';

/** One sync, in a process that may be killed. The one argument is JSON; each step of progress is a line on stdout. */
export interface SyncOnce {
  readonly orgId: string;
  readonly username: string;
  readonly instanceUrl: string;
  readonly token: string;
  readonly dataDir: string;
  readonly stateDir: string;
  /** ISO 8601. */
  readonly since: string;
}

const { orgId, username, instanceUrl, token, dataDir, stateDir, since } = JSON.parse(process.argv[2] ?? '') as SyncOnce;
using calls = openCalls(stateDir);
const door = doorFor(
  {
    identity: { orgId, username, userId: undefined, instanceUrl, requestedAs: username },
    token: () => token,
    renew: () => Promise.reject(new Error('nothing to renew with')),
  },
  { calls },
);
try {
  const report = await sync({
    door,
    dataDir,
    since: new Date(since),
    onProgress: ({ source, phase, files, rows }) =>
      process.stdout.write(`${source} ${phase} ${String(files)} ${String(rows)}\n`),
  });
  process.stdout.write(`end ${report.outcome}\n`);
} catch (error) {
  const { code, message } = error as { code?: string; message?: string };
  process.stdout.write(`error ${String(code)} ${String(message)}\n`);
  process.exitCode = 2;
} finally {
  door.close();
}
