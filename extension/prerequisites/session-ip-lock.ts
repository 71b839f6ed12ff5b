import { t } from '@vscode/l10n';
import { sentences } from '../shared/wording.ts';
import { refusalOf, valueOf } from './answers.ts';
import { PLACES } from './places.ts';
import { fail, pass, unknown } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { whenRefused } from './refusal-remedies.ts';
import { administrator, deploy, lookAt, notAnswered, prepare } from './wording.ts';

const CHECKBOX = '“Lock sessions to the IP address from which they originated”';

export const sessionIpLock: Prerequisite = {
  id: 'session-ip-lock',
  get title() {
    return t('Sessions are not locked to one IP address');
  },
  judge(answers) {
    const look = lookAt(PLACES.sessionSettings, CHECKBOX);
    const refusal = refusalOf(answers.securitySettings);
    if (refusal !== undefined) return unknown(notAnswered(t('Security settings'), refusal), whenRefused(refusal, look));
    const locked = valueOf(answers.securitySettings)?.lockSessionsToIp;
    if (locked === undefined) return unknown(t('Security settings answered without lockSessionsToIp.'), look);
    if (!locked) return pass(t('Security settings: lockSessionsToIp = {0}.', false));
    return fail(
      sentences(
        t('Security settings: lockSessionsToIp = {0}.', true),
        t('A service whose address changes is signed out.'),
      ),
      administrator(
        PLACES.sessionSettings,
        t('clear {0}', CHECKBOX),
        prepare(answers, 'session-ip-lock'),
        deploy('force-app/main/default/settings'),
      ),
    );
  },
};
