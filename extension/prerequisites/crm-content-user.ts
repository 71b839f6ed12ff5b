import { refusalOf, valueOf } from './answers.ts';
import { userPage } from './places.ts';
import { fail, pass, unknown } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { whenRefused } from './refusal-remedies.ts';
import { administrator, lookAt, notAnswered, prepare, updateUser } from './wording.ts';

export const crmContentUser: Prerequisite = {
  id: 'crm-content-user',
  title: 'The account is a Salesforce CRM Content User',
  judge(answers) {
    const refusal = refusalOf(answers.user);
    const { username, userId } = answers.account;
    const place = userPage(userId);
    const look = lookAt(place, `${username} › Salesforce CRM Content User`);
    if (refusal !== undefined) return unknown(notAnswered('The user', refusal), whenRefused(refusal, look));
    const ticked = valueOf(answers.user)?.crmContentUser;
    if (ticked === undefined) return unknown('User has no readable field UserPermissionsSFContentUser.', look);

    const evidence = `UserPermissionsSFContentUser = ${ticked}`;
    if (ticked) return pass(`${evidence}.`);
    const used = valueOf(answers.contentSettings)?.crmContent;
    if (used === false)
      return pass(`${evidence}, and the org does not use Salesforce CRM Content (enableContent = false).`);
    const remedy = administrator(
      place,
      `${username} › Edit › tick “Salesforce CRM Content User”`,
      prepare(answers, 'crm-content-user'),
      updateUser(answers, 'UserPermissionsSFContentUser=true'),
    );
    if (used === true)
      return fail(`${evidence}, and the org uses Salesforce CRM Content (enableContent = true).`, remedy);
    return unknown(`${evidence}; whether the org uses Salesforce CRM Content could not be read.`, {
      ...remedy,
      text: `Needed only where the org uses it. ${remedy.text}`,
    });
  },
};
