import { systemClock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Answers } from './answers.ts';
import type { PrepareDoors } from './prepare-doors.ts';
import type { VerifyReport } from './report.ts';
import { verifyWithAnswers } from './verify.ts';

/**
 * What Verify says of the account: by its own login where sf has one, and what the administrator learns of the org.
 * @param account its username; undefined: the administrator's own
 * @throws OrgwatchError as `verify` does
 */
export async function verifyForPrepare(
  doors: PrepareDoors,
  account: string | undefined,
  options: { readonly log: Log; readonly signal?: AbortSignal | undefined },
): Promise<{ readonly answers: Answers; readonly report: VerifyReport }> {
  const about = account === undefined ? undefined : { username: account, userId: undefined };
  const common = { clock: systemClock, ...options };
  const seen = await verifyWithAnswers({ door: doors.admin, account: about, ...common });
  const own = await doors.of(account);
  if (own === undefined || own.org.username === doors.admin.org.username) return seen;
  const { report } = await verifyWithAnswers({ door: own, ...common });
  return { answers: seen.answers, report };
}
