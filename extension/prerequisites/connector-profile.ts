import { refusalOf, valueOf } from './answers.ts';
import type { Answers } from './answers.ts';
import { CONNECTOR_CLOSURE, CONNECTOR_PERMISSIONS, CONNECTOR_PROFILE } from './connector.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Judgement, Prerequisite } from './prerequisite.ts';
import { administrator, count, deploy, list, notAnswered, updateUser } from './wording.ts';

const NAME = `“${CONNECTOR_PROFILE}”`;
const DEPLOY = `A System Administrator deploys it: \`${deploy('force-app')}\`.`;

export const connectorProfile: Prerequisite = {
  id: 'connector-profile',
  title: 'The connector profile is deployed and assigned',
  judge(answers) {
    const current = valueOf(answers.user)?.profileName;
    const assigned = current === CONNECTOR_PROFILE;
    const who = current === undefined ? '' : ` ${answers.org.username} is on the profile “${current}”.`;
    const refusal = refusalOf(answers.connectorProfile);
    if (refusal !== undefined)
      return judgeUnreadable(answers, assigned, `${notAnswered(`The profile ${NAME}`, refusal)}${who}`);

    const profile = valueOf(answers.connectorProfile);
    if (profile === undefined) {
      return judgeElsewhere(
        answers,
        `No profile named ${NAME} is visible to this user.${who}`,
        `${DEPLOY} ${assign(answers)}`,
      );
    }
    const missing = CONNECTOR_CLOSURE.filter((name) => !profile.permissions.has(name));
    if (missing.length > 0) {
      return fail(
        `${NAME} exists, but lacks ${count(missing.length, 'permission')} of force-app: ${list(missing)}.${who}`,
        `${DEPLOY} Deploying puts back what is missing.${assigned ? '' : ` ${assign(answers)}`}`,
      );
    }
    const complete = `${NAME} exists with all ${CONNECTOR_CLOSURE.length} permissions of force-app.`;
    if (assigned) return pass(`${complete} It is the profile of ${answers.org.username}.`);
    if (current === undefined) {
      return unknown(
        `${complete} Which profile this user is on could not be read.`,
        `Look at Setup › Users › ${answers.org.username} › Profile.`,
      );
    }
    return judgeElsewhere(answers, `${complete}${who}`, assign(answers));
  },
};

function judgeUnreadable(answers: Answers, assigned: boolean, evidence: string): Judgement {
  const byHand = `Look at Setup › Users › Profiles › ${CONNECTOR_PROFILE}.`;
  if (assigned || valueOf(answers.user) === undefined) return unknown(evidence, byHand);
  return judgeElsewhere(answers, evidence, `${DEPLOY} ${assign(answers)}`);
}

/** The user is on another profile: a failure where the six permissions do not come from elsewhere. */
function judgeElsewhere(answers: Answers, evidence: string, remedy: string): Judgement {
  const held = valueOf(answers.permissions);
  if (held === undefined || CONNECTOR_PERMISSIONS.some(({ name }) => held.get(name) !== true))
    return fail(evidence, remedy);
  const sets = (valueOf(answers.grants) ?? []).filter(
    ({ from, name }) => from === 'permission set' && name === CONNECTOR_PROFILE,
  );
  if (sets.length > 0) return pass(`${evidence} The permission set of the same name is assigned instead.`);
  return warning(
    `${evidence} All six permissions are held nevertheless.`,
    `It works, but a dedicated account is safer than a person's. ${remedy}`,
  );
}

function assign(answers: Answers): string {
  const id = valueOf(answers.connectorProfile)?.id;
  const setup = `Users › ${answers.org.username} › Edit › Profile`;
  if (id === undefined)
    return `Then assigns it in Setup › ${setup}. Once it is deployed, Verify also gives the command for that.`;
  return administrator(setup, updateUser(answers, `ProfileId=${id}`));
}
