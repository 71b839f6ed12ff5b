import { refusalOf, valueOf } from './answers.ts';
import { PLACES } from './places.ts';
import { fail, pass, unknown } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { whenRefused } from './refusal-remedies.ts';
import { administrator, deploy, lookAt, notAnswered, prepare } from './wording.ts';

const CHECKBOX = '“Lock sessions to the IP address from which they originated”';

export const sessionIpLock: Prerequisite = {
  id: 'session-ip-lock',
  title: 'Sessions are not locked to one IP address',
  judge(answers) {
    const look = lookAt(PLACES.sessionSettings, CHECKBOX);
    const refusal = refusalOf(answers.securitySettings);
    if (refusal !== undefined) return unknown(notAnswered('Security settings', refusal), whenRefused(refusal, look));
    const locked = valueOf(answers.securitySettings)?.lockSessionsToIp;
    if (locked === undefined) return unknown('Security settings answered without lockSessionsToIp.', look);
    if (!locked) return pass('Security settings: lockSessionsToIp = false.');
    return fail(
      'Security settings: lockSessionsToIp = true. A service whose address changes is signed out.',
      administrator(
        PLACES.sessionSettings,
        `clear ${CHECKBOX}`,
        prepare(answers, 'session-ip-lock'),
        deploy('force-app/main/default/settings'),
      ),
    );
  },
};
