import { refusalOf, valueOf } from './answers.ts';
import { fail, pass, unknown } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { administrator, afterPermissions, deploy, notAnswered } from './wording.ts';

const CHECKBOX = '“Lock sessions to the IP address from which they originated”';

export const sessionIpLock: Prerequisite = {
  id: 'session-ip-lock',
  title: 'Sessions are not locked to one IP address',
  judge(answers) {
    const byHand = afterPermissions(`Setup › Session Settings › ${CHECKBOX}`);
    const refusal = refusalOf(answers.lockSessionsToIp);
    if (refusal !== undefined) return unknown(notAnswered('Security settings', refusal), byHand);
    const locked = valueOf(answers.lockSessionsToIp);
    if (locked === undefined) return unknown('Security settings answered without lockSessionsToIp.', byHand);
    if (!locked) return pass('Security settings: lockSessionsToIp = false.');
    return fail(
      'Security settings: lockSessionsToIp = true. A service whose address changes is signed out.',
      administrator(`Session Settings › clear ${CHECKBOX}`, deploy('force-app/main/default/settings')),
    );
  },
};
