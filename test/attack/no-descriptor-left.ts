import { openSync } from 'node:fs';
import { openCalls } from '../../extension/lake/calls.ts';
import { doorFor } from '../../extension/org/open-door.ts';
import { OrgwatchError } from '../../extension/shared/errors.ts';

/** Takes every file descriptor there is, asks an org, and prints what comes of it. */
const calls = openCalls();
const identity = {
  ...{ orgId: '00D000000000001EAA', username: 'a@b.c', userId: undefined, requestedAs: 'a' },
  instanceUrl: 'http://127.0.0.1:9',
};
const renew = (): Promise<string> => Promise.reject(new OrgwatchError('SESSION_EXPIRED', 'expired'));
const door = doorFor({ identity, token: () => 'a token', renew }, { calls, retry: { tries: 1, baseMs: 1, maxMs: 1 } });
// A first call, so that everything that it opens is open.
await door.json({ path: '/x', purpose: 'look' }).catch(() => undefined);
try {
  for (;;) openSync(process.execPath, 'r');
} catch {
  const error: unknown = await door.json({ path: '/x', purpose: 'look' }).catch((thrown: unknown) => thrown);
  const { message } = error as Error;
  const { code, retryable } = error as OrgwatchError;
  process.stdout.write(JSON.stringify({ code, retryable, message }));
}
process.exit();
