import { t } from '@vscode/l10n';
import { sentences } from '../shared/wording.ts';
import { refusalOf, valueOf } from './answers.ts';
import { userPage } from './places.ts';
import { fail, pass, unknown } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { whenRefused } from './refusal-remedies.ts';
import { administrator, lookAt, notAnswered, prepare, updateUser } from './wording.ts';

export const crmContentUser: Prerequisite = {
  id: 'crm-content-user',
  get title() {
    return t('The account is a Salesforce CRM Content User');
  },
  judge(answers) {
    const refusal = refusalOf(answers.user);
    const { username, userId } = answers.account;
    const place = userPage(userId);
    const look = lookAt(place, `${username} › Salesforce CRM Content User`);
    if (refusal !== undefined) return unknown(notAnswered(t('The user'), refusal), whenRefused(refusal, look));
    const ticked = valueOf(answers.user)?.crmContentUser;
    if (ticked === undefined) return unknown(t('User has no readable field UserPermissionsSFContentUser.'), look);

    if (ticked) return pass('UserPermissionsSFContentUser = true.');
    const used = valueOf(answers.contentSettings)?.crmContent;
    if (used === false) {
      return pass(
        t(
          'UserPermissionsSFContentUser = false, and the org does not use Salesforce CRM Content (enableContent = false).',
        ),
      );
    }
    const remedy = administrator(
      place,
      t('{0} › Edit › tick “Salesforce CRM Content User”', username),
      prepare(answers, 'crm-content-user'),
      updateUser(answers, 'UserPermissionsSFContentUser=true'),
    );
    if (used === true) {
      return fail(
        t('UserPermissionsSFContentUser = false, and the org uses Salesforce CRM Content (enableContent = true).'),
        remedy,
      );
    }
    return unknown(
      t('UserPermissionsSFContentUser = false; whether the org uses Salesforce CRM Content could not be read.'),
      { ...remedy, text: sentences(t('Needed only where the org uses it.'), remedy.text) },
    );
  },
};
