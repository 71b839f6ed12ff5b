import { DAY, utcDate } from '../shared/utc.ts';
import { holds, profileOf, refusalOf, valueOf } from './answers.ts';
import type { Answers } from './answers.ts';
import { CONNECTOR_PERMISSIONS, CONNECTOR_PROFILE } from './connector.ts';
import type { Finding } from './finding.ts';
import { hasLeastPrivilege } from './least-privilege.ts';
import { PLACES, userPage } from './places.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { whenRefused } from './refusal-remedies.ts';
import { signInFindings } from './sign-ins.ts';
import { administrator, inSetup, list, lookAt, notAnswered, prepare, updateUser } from './wording.ts';

const SOON = 14 * DAY;

export const serviceAccount: Prerequisite = {
  id: 'service-account',
  title: 'A dedicated account collects, and nothing locks it out',
  judge(answers) {
    const refusal = refusalOf(answers.user);
    const { username, userId } = answers.account;
    if (refusal !== undefined) {
      return unknown(notAnswered('The user', refusal), whenRefused(refusal, lookAt(userPage(userId), username)));
    }
    const findings = [
      ...profileFindings(answers),
      ...lockFindings(answers),
      ...restrictionFindings(answers),
      ...passwordFindings(answers),
      ...signInFindings(answers),
    ];
    const evidence = [describe(answers), ...findings.map((finding) => finding.evidence)].join(' ');
    const [first] = findings.toSorted((a, b) => Number(a.outcome === 'warning') - Number(b.outcome === 'warning'));
    if (first === undefined) return pass(evidence);
    const remedy = { ...first.remedy, text: [...new Set(findings.map((each) => each.remedy.text))].join(' ') };
    return first.outcome === 'fail' ? fail(evidence, remedy) : warning(evidence, remedy);
  },
};

/** What was found out, and what was not. */
function describe(answers: Answers): string {
  const user = valueOf(answers.user);
  const profile = profileOf(answers);
  const login = valueOf(answers.userLogin);
  const about = `${answers.account.username} (“${user?.name ?? ''}”): active = ${user?.active ?? true}, licence “${profile?.license ?? 'unknown'}”, profile “${profile?.name ?? 'unknown'}”.`;
  const locks =
    login === undefined
      ? 'Whether it is frozen is told to users with Manage Users only.'
      : `IsFrozen = ${login.frozen}, IsPasswordLocked = ${login.passwordLocked}.`;
  const restrictions = valueOf(answers.loginRestrictions);
  if (profile?.name !== CONNECTOR_PROFILE || restrictions === undefined) {
    return `${about} ${locks} Login hours and IP ranges of its profile were not read.`;
  }
  const { hours, ranges } = restrictions;
  const where = ranges.length === 0 ? 'from any address' : `from ${list(ranges)} only`;
  return `${about} ${locks} Its profile lets it log in ${hours.length === 0 ? 'at any time' : `at certain hours (${hours.join(', ')})`}, ${where}.`;
}

function profileFindings(answers: Answers): readonly Finding[] {
  const profile = profileOf(answers)?.name;
  if (profile === undefined || profile === CONNECTOR_PROFILE || hasLeastPrivilege(answers)) return [];
  const bySet = (valueOf(answers.grants) ?? []).some(
    ({ from, name }) => from === 'permission set' && name === CONNECTOR_PROFILE,
  );
  if (bySet) return [];
  const works = CONNECTOR_PERMISSIONS.every(({ name }) => holds(answers, name) === true);
  return [
    {
      outcome: works ? 'warning' : 'fail',
      evidence: `It is not on the profile “${CONNECTOR_PROFILE}”: a person's account, or one that serves other things too, can do more than it should and changes with its owner.`,
      remedy: administrator(
        PLACES.users,
        `New User, or ${answers.account.username} › Edit › Profile: ${CONNECTOR_PROFILE}`,
        prepare(answers, 'assign-profile'),
      ),
    },
  ];
}

function lockFindings(answers: Answers): readonly Finding[] {
  const { username, userId } = answers.account;
  const place = userPage(userId);
  const login = valueOf(answers.userLogin);
  const findings: Finding[] = [];
  if (valueOf(answers.user)?.active === false) {
    findings.push({
      outcome: 'fail',
      evidence: 'The account is not active.',
      remedy: administrator(place, `${username} › Edit › Active`, updateUser(answers, 'IsActive=true')),
    });
  }
  if (login?.frozen === true) {
    findings.push({
      outcome: 'fail',
      evidence: 'A frozen account cannot log in; the session that it still has is its last.',
      remedy: administrator(place, `${username} › Unfreeze`, prepare(answers, 'unfreeze')),
    });
  }
  if (login?.passwordLocked === true) {
    findings.push({
      outcome: 'warning',
      evidence: 'Too many failed logins have locked its password.',
      remedy: inSetup(place, `${username} › Unlock`),
    });
  }
  return findings;
}

function restrictionFindings(answers: Answers): readonly Finding[] {
  if (profileOf(answers)?.name !== CONNECTOR_PROFILE) return [];
  const { hours = [] } = valueOf(answers.loginRestrictions) ?? {};
  if (hours.length === 0) return [];
  return [
    {
      outcome: 'warning',
      evidence: 'Outside of the login hours nothing is collected.',
      remedy: administrator(
        PLACES.profiles,
        `${CONNECTOR_PROFILE} › Login Hours › clear all times`,
        prepare(answers, 'login-hours'),
      ),
    },
  ];
}

function passwordFindings(answers: Answers): readonly Finding[] {
  const findings: Finding[] = [];
  const expires = valueOf(answers.user)?.passwordExpires;
  // A JWT login and a refresh token that lives need no password; a login that sf cannot renew does, next time.
  if (expires !== undefined && expires < answers.askedAt + SOON && answers.org.renewal !== 'jwt') {
    const policy = valueOf(answers.securitySettings)?.passwordExpiration;
    findings.push({
      outcome: 'warning',
      evidence: `Its password expires ${utcDate(expires)}${policy === undefined ? '' : ` (policy: ${policy})`}, and this login was made with it.`,
      remedy: {
        ...inSetup(PLACES.permissionSets, 'a permission set with Password Never Expires'),
        text: `Use a JWT login, which needs no password (docs/service-account.md); or a System Administrator gives the account Password Never Expires in Setup › ${PLACES.permissionSets.path}.`,
      },
    });
  }
  if (holds(answers, 'TwoFactorApi') === true) {
    findings.push({
      outcome: 'warning',
      evidence:
        'It holds Multi-Factor Authentication for API Logins (PermissionsTwoFactorApi), and nobody is there to confirm.',
      remedy: inSetup(PLACES.permissionSets, 'take Multi-Factor Authentication for API Logins from this account'),
    });
  }
  return findings;
}
