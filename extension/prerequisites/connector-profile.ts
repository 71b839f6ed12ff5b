import { count } from '../shared/count.ts';
import { profileOf, refusalOf, valueOf } from './answers.ts';
import type { Answers, ProfileRow } from './answers.ts';
import { CONNECTOR_CLOSURE, CONNECTOR_PERMISSIONS, CONNECTOR_PROFILE } from './connector.ts';
import { hasLeastPrivilege } from './least-privilege.ts';
import { PLACES } from './places.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Judgement, Prerequisite, Remedy } from './prerequisite.ts';
import { whenRefused } from './refusal-remedies.ts';
import { administrator, deploy, list, lookAt, notAnswered, prepare } from './wording.ts';

const NAME = `“${CONNECTOR_PROFILE}”`;

export const connectorProfile: Prerequisite = {
  id: 'connector-profile',
  title: 'The connector profile is deployed and assigned',
  judge(answers) {
    const { username } = answers.account;
    const current = profileOf(answers)?.name;
    const assigned = current === CONNECTOR_PROFILE;
    const who = current === undefined ? '' : ` ${username} is on the profile “${current}”.`;
    const refusal = refusalOf(answers.connectorProfile);
    if (refusal !== undefined) {
      const evidence = `${notAnswered(`The profile ${NAME}`, refusal)}${who}`;
      if (assigned || current === undefined) {
        return unknown(evidence, whenRefused(refusal, lookAt(PLACES.profiles, CONNECTOR_PROFILE)));
      }
      return judgeElsewhere(answers, evidence, deployAndAssign(answers));
    }
    const profile = valueOf(answers.connectorProfile);
    if (profile === undefined) {
      return judgeElsewhere(
        answers,
        `No profile named ${NAME} is visible to this user.${who}`,
        deployAndAssign(answers),
      );
    }
    const { missing, matches } = compare(profile);
    if (missing.length > 0) {
      const evidence = `${NAME} exists, but lacks ${count(missing.length, 'permission')} of force-app: ${list(missing)}.${who}`;
      return fail(evidence, deployAndAssign(answers));
    }
    if (assigned) return pass(`${matches} It is the profile of ${username}.`);
    if (current === undefined) {
      const look = lookAt(PLACES.users, `${username} › Profile`);
      return unknown(`${matches} Which profile ${username} is on could not be read.`, look);
    }
    return judgeElsewhere(answers, `${matches}${who}`, assign(answers));
  },
};

/** Against force-app: a permission that the org does not know cannot be missing, one that it demands besides is welcome. */
function compare({ permissions, known }: ProfileRow): { missing: readonly string[]; matches: string } {
  const wanted = CONNECTOR_CLOSURE.filter((name) => known.has(name));
  const missing = wanted.filter((name) => !permissions.has(name));
  const unknownHere = CONNECTOR_CLOSURE.length - wanted.length;
  const without = unknownHere === 0 ? '' : `, less ${count(unknownHere, 'permission')} that this org does not know`;
  return { missing, matches: `${NAME} exists with all ${wanted.length} permissions of force-app${without}.` };
}

/** The account is on another profile: a failure where the six permissions do not come from elsewhere. */
function judgeElsewhere(answers: Answers, evidence: string, remedy: Remedy): Judgement {
  if (hasLeastPrivilege(answers)) {
    return pass(`${evidence} The least-privilege permission set is assigned instead, on purpose.`);
  }
  const held = valueOf(answers.permissions);
  if (held === undefined || CONNECTOR_PERMISSIONS.some(({ name }) => held.get(name) !== true)) {
    return fail(evidence, remedy);
  }
  const sets = (valueOf(answers.grants) ?? []).filter(
    ({ from, name }) => from === 'permission set' && name === CONNECTOR_PROFILE,
  );
  if (sets.length > 0) return pass(`${evidence} The permission set of the same name is assigned instead.`);
  return warning(`${evidence} All six permissions are held nevertheless.`, {
    ...remedy,
    text: `It works, but a dedicated account is safer than a person's. ${remedy.text}`,
  });
}

function deployAndAssign(answers: Answers): Remedy {
  const { username } = answers.account;
  const steps = 'Defender for Cloud Apps Connector; then assign it in Users › ' + username + ' › Edit › Profile';
  return administrator(
    PLACES.profiles,
    steps,
    prepare(answers, 'connector-profile', 'assign-profile'),
    deploy('force-app'),
  );
}

function assign(answers: Answers): Remedy {
  const step = `${answers.account.username} › Edit › Profile: ${CONNECTOR_PROFILE}`;
  return administrator(PLACES.users, step, prepare(answers, 'assign-profile'));
}
