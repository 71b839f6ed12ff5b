import { refusalOf, valueOf } from './answers.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { administrator, afterPermissions, count, deploy, notAnswered } from './wording.ts';

const CHECKBOX = 'Content Deliveries and Public Links › “Content Deliveries feature can be enabled for users”';

export const contentDeliveries: Prerequisite = {
  id: 'content-deliveries',
  title: 'Content deliveries can be seen',
  judge(answers) {
    const setting = valueOf(answers.contentSettings)?.deliveries;
    const rows = valueOf(answers.contentDistributions);
    if (setting === false) {
      return fail(
        'Content settings: enableContentDistribution = false.',
        administrator(CHECKBOX, deploy('force-app/main/default/settings')),
      );
    }
    if (rows !== undefined) {
      const said = setting === true ? 'Content settings: enableContentDistribution = true. ' : '';
      return pass(`${said}ContentDistribution answered with ${count(rows, 'row')} that this user may see.`);
    }
    const refusal = refusalOf(answers.contentDistributions) ?? { code: 'INTERNAL', reason: 'nothing' };
    if (setting === true) {
      return warning(
        `Content settings: enableContentDistribution = true. ${notAnswered('ContentDistribution', refusal)}`,
        'A System Administrator gives this user “Create Content Deliveries” (in a permission set or the connector profile), then run Verify again.',
      );
    }
    const settings = refusalOf(answers.contentSettings);
    const why = settings === undefined ? '' : ` ${notAnswered('Content settings', settings)}`;
    return unknown(`${notAnswered('ContentDistribution', refusal)}${why}`, afterPermissions(`Setup › ${CHECKBOX}`));
  },
};
