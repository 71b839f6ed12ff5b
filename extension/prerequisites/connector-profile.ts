import { t } from '@vscode/l10n';
import { counted, list, sentences } from '../shared/wording.ts';
import { profileOf, refusalOf, valueOf } from './answers.ts';
import type { Answers, ProfileRow } from './answers.ts';
import { CONNECTOR_CLOSURE, CONNECTOR_PERMISSIONS, CONNECTOR_PROFILE } from './connector.ts';
import { hasLeastPrivilege } from './least-privilege.ts';
import { PLACES } from './places.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Judgement, Prerequisite, Remedy } from './prerequisite.ts';
import { whenRefused } from './refusal-remedies.ts';
import { administrator, deploy, lookAt, notAnswered, prepare } from './wording.ts';

export const connectorProfile: Prerequisite = {
  id: 'connector-profile',
  get title() {
    return t('The connector profile is deployed and assigned');
  },
  judge(answers) {
    const { username } = answers.account;
    const current = profileOf(answers)?.name;
    const assigned = current === CONNECTOR_PROFILE;
    const who = current === undefined ? '' : t('{0} is on the profile “{1}”.', username, current);
    const refusal = refusalOf(answers.connectorProfile);
    if (refusal !== undefined) {
      const evidence = sentences(notAnswered(t('The profile “{0}”', CONNECTOR_PROFILE), refusal), who);
      if (assigned || current === undefined) {
        return unknown(evidence, whenRefused(refusal, lookAt(PLACES.profiles, CONNECTOR_PROFILE)));
      }
      return judgeElsewhere(answers, evidence, deployAndAssign(answers));
    }
    const profile = valueOf(answers.connectorProfile);
    if (profile === undefined) {
      return judgeElsewhere(
        answers,
        sentences(t('No profile named “{0}” is visible to this user.', CONNECTOR_PROFILE), who),
        deployAndAssign(answers),
      );
    }
    const { missing, matches } = compare(profile);
    if (missing.length > 0) {
      const lacks = t(
        '“{0}” exists, but lacks {1} of force-app: {2}.',
        CONNECTOR_PROFILE,
        counted(missing.length, 'permission'),
        list(missing),
      );
      return fail(sentences(lacks, who), deployAndAssign(answers));
    }
    if (assigned) return pass(sentences(matches, t('It is the profile of {0}.', username)));
    if (current === undefined) {
      const look = lookAt(PLACES.users, `${username} › Profile`);
      return unknown(sentences(matches, t('Which profile {0} is on could not be read.', username)), look);
    }
    return judgeElsewhere(answers, sentences(matches, who), assign(answers));
  },
};

/** Against force-app: a permission that the org does not know cannot be missing, one that it demands besides is welcome. */
function compare({ permissions, known }: ProfileRow): { missing: readonly string[]; matches: string } {
  const wanted = CONNECTOR_CLOSURE.filter((name) => known.has(name));
  const missing = wanted.filter((name) => !permissions.has(name));
  const unknownHere = CONNECTOR_CLOSURE.length - wanted.length;
  const matches =
    unknownHere === 0
      ? t('“{0}” exists with all {1} permissions of force-app.', CONNECTOR_PROFILE, wanted.length)
      : t(
          '“{0}” exists with all {1} permissions of force-app, less {2} that this org does not know.',
          CONNECTOR_PROFILE,
          wanted.length,
          counted(unknownHere, 'permission'),
        );
  return { missing, matches };
}

/** The account is on another profile: a failure where the six permissions do not come from elsewhere. */
function judgeElsewhere(answers: Answers, evidence: string, remedy: Remedy): Judgement {
  if (hasLeastPrivilege(answers)) {
    return pass(sentences(evidence, t('The least-privilege permission set is assigned instead, on purpose.')));
  }
  const held = valueOf(answers.permissions);
  if (held === undefined || CONNECTOR_PERMISSIONS.some(({ name }) => held.get(name) !== true)) {
    return fail(evidence, remedy);
  }
  const sets = (valueOf(answers.grants) ?? []).filter(
    ({ from, name }) => from === 'permission set' && name === CONNECTOR_PROFILE,
  );
  if (sets.length > 0) {
    return pass(sentences(evidence, t('The permission set of the same name is assigned instead.')));
  }
  return warning(sentences(evidence, t('All six permissions are held nevertheless.')), {
    ...remedy,
    text: sentences(t("It works, but a dedicated account is safer than a person's."), remedy.text),
  });
}

function deployAndAssign(answers: Answers): Remedy {
  const { username } = answers.account;
  const steps = t('{0}; then assign it in Users › {1} › Edit › Profile', CONNECTOR_PROFILE, username);
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
