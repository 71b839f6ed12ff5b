import { t } from '@vscode/l10n';
import { sentences } from '../shared/wording.ts';
import { holds, refusalOf, valueOf } from './answers.ts';
import type { Answers } from './answers.ts';
import { PLACES } from './places.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Judgement, Prerequisite, Remedy } from './prerequisite.ts';
import { sampled } from './questions.ts';
import { whenRefused } from './refusal-remedies.ts';
import { administrator, deploy, lookAt, notAnswered, nothing, prepare, verifyAs } from './wording.ts';

const CHECKBOX = '“Content Deliveries feature can be enabled for users”';

/** The user permission that Microsoft's list omits. */
export const CREATE_DELIVERIES = { name: 'DistributeFromPersWksp', label: 'Create Content Deliveries' } as const;

export const contentDeliveries: Prerequisite = {
  id: 'content-deliveries',
  get title() {
    return t('Content deliveries can be seen');
  },
  judge(answers) {
    const setting = valueOf(answers.contentSettings)?.deliveries;
    if (setting === false) {
      return fail(
        sentences(
          t('Content settings: enableContentDistribution = {0}.', false),
          t('While it is off, ContentDistribution cannot be queried.'),
        ),
        administrator(
          PLACES.contentDeliveries,
          CHECKBOX,
          prepare(answers, 'content-deliveries'),
          deploy('force-app/main/default/settings'),
        ),
      );
    }
    const said = setting === true ? t('Content settings: enableContentDistribution = {0}.', true) : '';
    if (!answers.account.own && setting === true) return judgeForAnother(answers, said);
    const rows = valueOf(answers.contentDistributions)?.records;
    if (rows !== undefined) return judgeRows(answers, said, rows);
    const refusal = refusalOf(answers.contentDistributions) ?? nothing();
    const evidence = sentences(said, notAnswered('ContentDistribution', refusal));
    if (setting === true) return warning(sentences(evidence, heldSentence(answers)), give(answers));
    const settings = refusalOf(answers.contentSettings);
    const why = settings === undefined ? '' : notAnswered(t('Content settings'), settings);
    const look = lookAt(PLACES.contentDeliveries, CHECKBOX);
    return unknown(sentences(evidence, why), whenRefused(settings ?? refusal, look));
  },
};

function judgeRows(answers: Answers, said: string, rows: number): Judgement {
  const evidence = sentences(
    said,
    t('ContentDistribution answered with {0} that this user may see.', sampled(rows, 'row')),
    heldSentence(answers),
  );
  if (rows > 0 || holds(answers, CREATE_DELIVERIES.name) !== false) return pass(evidence);
  return warning(
    sentences(evidence, t('Either nobody shares a file by public link, or those who do stay out of sight without it.')),
    give(answers),
  );
}

function judgeForAnother(answers: Answers, said: string): Judgement {
  const { username } = answers.account;
  const evidence = sentences(said, t('Which deliveries {0} may see, only a login of its own tells.', username));
  return unknown(evidence, verifyAs(username));
}

function heldSentence(answers: Answers): string {
  const held = holds(answers, CREATE_DELIVERIES.name);
  return held === undefined ? '' : `${CREATE_DELIVERIES.label} (Permissions${CREATE_DELIVERIES.name}) = ${held}.`;
}

function give(answers: Answers): Remedy {
  return administrator(
    PLACES.permissionSets,
    t(
      'a permission set with System Permissions › {0}, assigned to {1}',
      CREATE_DELIVERIES.label,
      answers.account.username,
    ),
    prepare(answers, 'create-content-deliveries'),
  );
}
