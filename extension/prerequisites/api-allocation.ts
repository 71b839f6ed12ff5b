import { count, number } from '../shared/count.ts';
import type { Answers } from './answers.ts';
import { dailyCosts } from './cadence.ts';
import { PLACES } from './places.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { list, lookAt } from './wording.ts';

/** Share of the allocation that Orgwatch always leaves. */
const RESERVE = 0.1;
/** From this share used on, a usual day's peaks reach the reserve. */
const TIGHT = 0.8;

const USERS_OF_CALLS = `Which applications use them: Setup › ${PLACES.companyInformation.path} › API Requests, Last 24 Hours, and the ApiTotalUsage event type.`;

export const apiAllocation: Prerequisite = {
  id: 'api-allocation',
  title: 'API calls are left above the reserve',
  judge(answers) {
    const { max, remaining, own } = answers.usage;
    if (max === undefined || remaining === undefined || max <= 0) {
      return unknown(
        'No answer told the API allocation (Sforce-Limit-Info).',
        lookAt(PLACES.companyInformation, 'API Requests, Last 24 Hours'),
      );
    }
    const used = max - remaining;
    const reserve = Math.ceil(max * RESERVE);
    const above = Math.max(0, remaining - reserve);
    const costs = dailyCosts(answers);
    const total = costs.reduce((sum, { calls }) => sum + calls, 0);
    const each = list(costs.map(({ source, calls }) => `${source} ${number(calls)}`));
    const evidence = `${number(used)} of ${count(max, 'call')} used in the last 24 hours (${Math.round((used / max) * 100)} %), ${number(above)} left above the reserve of ${number(reserve)}. Orgwatch's own: ${number(own)}. At its cadences Sync will make about ${count(total, 'call')} a day here (${share(total, max)}): ${each}.`;
    const look = lookAt(PLACES.companyInformation, 'API Requests, Last 24 Hours');
    if (remaining <= reserve) {
      return fail(evidence, { ...look, text: `Sync waits until calls are free again. ${USERS_OF_CALLS}` });
    }
    if (total > above + own) {
      return warning(evidence, {
        ...look,
        who: 'you',
        text: `That is more than is left. Sync less often than its cadences, or less: ${cheaper(answers)}. ${USERS_OF_CALLS}`,
      });
    }
    if (used / max >= TIGHT) {
      return warning(evidence, {
        ...look,
        text: `Sync pauses before the reserve is touched and goes on when calls are free. ${USERS_OF_CALLS}`,
      });
    }
    return pass(evidence);
  },
};

function share(calls: number, max: number): string {
  const percent = (calls / max) * 100;
  return `${percent < 1 ? percent.toFixed(1) : Math.round(percent)} % of the allocation`;
}

function cheaper(answers: Answers): string {
  const [dearest] = dailyCosts(answers).toSorted((a, b) => b.calls - a.calls);
  return `without ${dearest?.source ?? 'event_log'} it is ${number(dailyCosts(answers).reduce((sum, { calls }) => sum + calls, 0) - (dearest?.calls ?? 0))} a day`;
}
