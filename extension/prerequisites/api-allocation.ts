import { t } from '@vscode/l10n';
import { number } from '../shared/count.ts';
import { counted, list, sentences } from '../shared/wording.ts';
import type { Answers } from './answers.ts';
import { dailyCosts } from './cadence.ts';
import { PLACES } from './places.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { lookAt } from './wording.ts';

/** From this share used on, a usual day's peaks reach the reserve. */
const TIGHT = 0.8;

export const apiAllocation: Prerequisite = {
  id: 'api-allocation',
  get title() {
    return t('API calls are left above the reserve');
  },
  judge(answers) {
    const { max, remaining, own, reserve } = answers.usage;
    if (max === undefined || remaining === undefined || reserve === undefined || max <= 0) {
      return unknown(
        t('No answer told the API allocation (Sforce-Limit-Info).'),
        lookAt(PLACES.companyInformation, 'API Requests, Last 24 Hours'),
      );
    }
    const used = max - remaining;
    const above = Math.max(0, remaining - reserve);
    const costs = dailyCosts(answers);
    const total = costs.reduce((sum, { calls }) => sum + calls, 0);
    const each = list(costs.map(({ source, calls }) => `${source} ${number(calls)}`));
    const evidence = sentences(
      t(
        '{0} of {1} used in the last 24 hours ({2} %), {3} left above the reserve of {4}.',
        number(used),
        counted(max, 'call'),
        Math.round((used / max) * 100),
        number(above),
        number(reserve),
      ),
      t("Orgwatch's own: {0}.", number(own)),
      t(
        'At its cadences Sync will make about {0} a day here ({1} % of the allocation): {2}.',
        counted(total, 'call'),
        share(total, max),
        each,
      ),
    );
    const look = lookAt(PLACES.companyInformation, 'API Requests, Last 24 Hours');
    if (remaining <= reserve) {
      return fail(evidence, { ...look, text: sentences(t('Sync waits until calls are free again.'), usersOfCalls()) });
    }
    if (total > above + own) {
      return warning(evidence, {
        ...look,
        who: 'you',
        text: sentences(cheaper(answers), usersOfCalls()),
      });
    }
    if (used / max >= TIGHT) {
      return warning(evidence, {
        ...look,
        text: sentences(
          t('Sync pauses before the reserve is touched and goes on when calls are free.'),
          usersOfCalls(),
        ),
      });
    }
    return pass(evidence);
  },
};

/** Percent. */
function share(calls: number, max: number): string {
  const percent = (calls / max) * 100;
  return percent < 1 ? percent.toFixed(1) : String(Math.round(percent));
}

function cheaper(answers: Answers): string {
  const costs = dailyCosts(answers);
  const [dearest] = costs.toSorted((a, b) => b.calls - a.calls);
  return t(
    'That is more than is left. Sync less often than its cadences, or less: without {0} it is {1} a day.',
    dearest?.source ?? 'event_log',
    number(costs.reduce((sum, { calls }) => sum + calls, 0) - (dearest?.calls ?? 0)),
  );
}

function usersOfCalls(): string {
  return t(
    'Which applications use them: Setup › {0} › API Requests, Last 24 Hours, and the ApiTotalUsage event type.',
    PLACES.companyInformation.path,
  );
}
