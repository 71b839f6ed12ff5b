import { refusalOf, valueOf } from './answers.ts';
import type { Answers } from './answers.ts';
import { CONNECTOR_CLOSURE, CONNECTOR_PERMISSIONS, CONNECTOR_PROFILE } from './connector.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Judgement, Prerequisite } from './prerequisite.ts';
import { ADMIN_ORG, count, deploy, list, notAnswered } from './wording.ts';

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
        `${DEPLOY} Then ${assign(answers)}`,
      );
    }
    const missing = CONNECTOR_CLOSURE.filter((name) => !profile.permissions.has(name));
    if (missing.length > 0) {
      return fail(
        `${NAME} exists, but lacks ${count(missing.length, 'permission')} of force-app: ${list(missing)}.${who}`,
        `${DEPLOY} Deploying puts back what is missing.${assigned ? '' : ` Then ${assign(answers)}`}`,
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
    return judgeElsewhere(answers, `${complete}${who}`, capital(assign(answers)));
  },
};

function judgeUnreadable(answers: Answers, assigned: boolean, evidence: string): Judgement {
  const byHand = `Look at Setup › Users › Profiles › ${CONNECTOR_PROFILE}.`;
  if (assigned || valueOf(answers.user) === undefined) return unknown(evidence, byHand);
  return judgeElsewhere(answers, evidence, `${DEPLOY} Then ${assign(answers)}`);
}

/** The user is on another profile: a warning where the permissions come from elsewhere, else a failure. */
function judgeElsewhere(answers: Answers, evidence: string, remedy: string): Judgement {
  const held = valueOf(answers.permissions);
  const all = held !== undefined && CONNECTOR_PERMISSIONS.every(({ name }) => held.get(name) === true);
  if (!all) return fail(evidence, remedy);
  return warning(
    `${evidence} All six permissions are held nevertheless.`,
    `To give the connector an account of its own: ${remedy}`,
  );
}

function assign(answers: Answers): string {
  const { username } = answers.org;
  return `assign it in Setup › Users › ${username} › Edit › Profile, or with \`sf data update record --sobject User --where "Username='${username}'" --values "ProfileId=PROFILE_ID" --target-org ${ADMIN_ORG}\` (its id: \`sf data query --query "SELECT Id FROM Profile WHERE Name = '${CONNECTOR_PROFILE}'" --target-org ${ADMIN_ORG}\`).`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
