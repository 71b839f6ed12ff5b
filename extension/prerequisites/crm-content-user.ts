import { refusalOf, valueOf } from './answers.ts';
import { fail, pass, unknown } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { administrator, notAnswered, updateUser } from './wording.ts';

export const crmContentUser: Prerequisite = {
  id: 'crm-content-user',
  title: 'The account is a Salesforce CRM Content User',
  judge(answers) {
    const refusal = refusalOf(answers.user);
    const byHand = `Look at Setup › Users › ${answers.org.username} › Salesforce CRM Content User.`;
    if (refusal !== undefined) return unknown(notAnswered('The user', refusal), byHand);
    const ticked = valueOf(answers.user)?.crmContentUser;
    if (ticked === undefined) return unknown('User has no readable field UserPermissionsSFContentUser.', byHand);

    const evidence = `UserPermissionsSFContentUser = ${ticked}`;
    if (ticked) return pass(`${evidence}.`);
    const used = valueOf(answers.contentSettings)?.crmContent;
    if (used === false)
      return pass(`${evidence}, and the org does not use Salesforce CRM Content (enableContent = false).`);
    const remedy = administrator(
      `Users › ${answers.org.username} › Edit › tick “Salesforce CRM Content User”`,
      updateUser(answers, 'UserPermissionsSFContentUser=true'),
    );
    if (used === true)
      return fail(`${evidence}, and the org uses Salesforce CRM Content (enableContent = true).`, remedy);
    return unknown(
      `${evidence}; whether the org uses Salesforce CRM Content could not be read.`,
      `Needed only where the org uses it. ${remedy}`,
    );
  },
};
