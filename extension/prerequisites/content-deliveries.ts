import { count } from '../shared/count.ts';
import { holds, refusalOf, valueOf } from './answers.ts';
import type { Answers } from './answers.ts';
import { PLACES } from './places.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Judgement, Prerequisite, Remedy } from './prerequisite.ts';
import { whenRefused } from './refusal-remedies.ts';
import { administrator, deploy, lookAt, notAnswered, prepare } from './wording.ts';

const CHECKBOX = '“Content Deliveries feature can be enabled for users”';

/** The user permission that Microsoft's list omits. */
export const CREATE_DELIVERIES = { name: 'DistributeFromPersWksp', label: 'Create Content Deliveries' } as const;

export const contentDeliveries: Prerequisite = {
  id: 'content-deliveries',
  title: 'Content deliveries can be seen',
  judge(answers) {
    const setting = valueOf(answers.contentSettings)?.deliveries;
    if (setting === false) {
      return fail(
        'Content settings: enableContentDistribution = false. While it is off, ContentDistribution cannot be queried.',
        administrator(
          PLACES.contentDeliveries,
          CHECKBOX,
          prepare(answers, 'content-deliveries'),
          deploy('force-app/main/default/settings'),
        ),
      );
    }
    const said = setting === true ? 'Content settings: enableContentDistribution = true. ' : '';
    if (!answers.account.own && setting === true) return judgeForAnother(answers, said);
    const rows = valueOf(answers.contentDistributions)?.records;
    if (rows !== undefined) return judgeRows(answers, said, rows);
    const refusal = refusalOf(answers.contentDistributions) ?? { code: 'INTERNAL', reason: 'nothing' };
    const evidence = `${said}${notAnswered('ContentDistribution', refusal)}`;
    if (setting === true) return warning(`${evidence}${heldSentence(answers)}`, give(answers));
    const settings = refusalOf(answers.contentSettings);
    const why = settings === undefined ? '' : ` ${notAnswered('Content settings', settings)}`;
    return unknown(evidence + why, whenRefused(settings ?? refusal, lookAt(PLACES.contentDeliveries, CHECKBOX)));
  },
};

function judgeRows(answers: Answers, said: string, rows: number): Judgement {
  const evidence = `${said}ContentDistribution answered with ${count(rows, 'row')} that this user may see.${heldSentence(answers)}`;
  if (rows > 0 || holds(answers, CREATE_DELIVERIES.name) !== false) return pass(evidence);
  return warning(
    `${evidence} Either nobody shares a file by public link, or those who do stay out of sight without it.`,
    give(answers),
  );
}

function judgeForAnother(answers: Answers, said: string): Judgement {
  const { username } = answers.account;
  const evidence = `${said}Which deliveries ${username} may see, only a login of its own tells.`;
  const command = `orgwatch verify --target-org ${username}`;
  return unknown(evidence, {
    text: `Authorize sf as ${username}, then run \`${command}\`.`,
    who: 'you',
    command,
  });
}

function heldSentence(answers: Answers): string {
  const held = holds(answers, CREATE_DELIVERIES.name);
  return held === undefined ? '' : ` ${CREATE_DELIVERIES.label} (Permissions${CREATE_DELIVERIES.name}) = ${held}.`;
}

function give(answers: Answers): Remedy {
  return administrator(
    PLACES.permissionSets,
    `a permission set with System Permissions › ${CREATE_DELIVERIES.label}, assigned to ${answers.account.username}`,
    prepare(answers, 'create-content-deliveries'),
  );
}
