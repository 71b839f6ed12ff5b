import { refusalOf, valueOf } from './answers.ts';
import type { Allocation, Answers } from './answers.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { count, notAnswered, number } from './wording.ts';

/** Share of the allocation that Orgwatch always leaves. */
const RESERVE = 0.1;
/** From this share used on, a usual day's peaks reach the reserve. */
const TIGHT = 0.8;

const SETUP = 'Setup › Company Settings › Company Information › API Requests, Last 24 Hours';

export const apiAllocation: Prerequisite = {
  id: 'api-allocation',
  title: 'API calls are left above the reserve',
  judge(answers) {
    const allocation = valueOf(answers.allocation) ?? fromHeader(answers);
    if (allocation === undefined || allocation.max <= 0) {
      const refusal = refusalOf(answers.allocation) ?? { code: 'RESPONSE_INVALID', reason: 'no allocation' };
      return unknown(notAnswered('The API allocation', refusal), `Look at ${SETUP}.`);
    }
    const { max, remaining } = allocation;
    const used = max - remaining;
    const reserve = Math.ceil(max * RESERVE);
    const evidence = `${number(used)} of ${count(max, 'call')} used in the last 24 hours (${Math.round((used / max) * 100)} %), ${number(Math.max(0, remaining - reserve))} left above the reserve of ${number(reserve)}. Orgwatch's own: ${number(answers.usage.own)}.`;
    if (remaining <= reserve) {
      return fail(
        evidence,
        `Sync waits until calls are free again. See which applications use them: ${SETUP}, and the ApiTotalUsage event type.`,
      );
    }
    if (used / max >= TIGHT) {
      return warning(
        evidence,
        `Sync pauses before the reserve is touched and goes on when calls are free. See which applications use them: ${SETUP}.`,
      );
    }
    return pass(evidence);
  },
};

/** Users without View Setup get no `/limits`; every REST response's Sforce-Limit-Info tells the same. */
function fromHeader({ usage }: Answers): Allocation | undefined {
  return usage.max === undefined || usage.remaining === undefined
    ? undefined
    : { max: usage.max, remaining: usage.remaining };
}
