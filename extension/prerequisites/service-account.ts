import { t } from '@vscode/l10n';
import { DAY, utcDate } from '../shared/utc.ts';
import { list, sentences } from '../shared/wording.ts';
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
import { administrator, inSetup, lookAt, notAnswered, prepare, updateUser } from './wording.ts';

const SOON = 14 * DAY;

export const serviceAccount: Prerequisite = {
  id: 'service-account',
  get title() {
    return t('A dedicated account collects, and nothing locks it out');
  },
  judge(answers) {
    const refusal = refusalOf(answers.user);
    const { username, userId } = answers.account;
    if (refusal !== undefined) {
      return unknown(notAnswered(t('The user'), refusal), whenRefused(refusal, lookAt(userPage(userId), username)));
    }
    const findings = [
      ...profileFindings(answers),
      ...lockFindings(answers),
      ...restrictionFindings(answers),
      ...passwordFindings(answers),
      ...signInFindings(answers),
    ];
    const evidence = sentences(...describe(answers), ...findings.map((finding) => finding.evidence));
    const [first] = findings.toSorted((a, b) => Number(a.outcome === 'warning') - Number(b.outcome === 'warning'));
    if (first === undefined) return pass(evidence);
    const remedy = { ...first.remedy, text: sentences(...new Set(findings.map((each) => each.remedy.text))) };
    return first.outcome === 'fail' ? fail(evidence, remedy) : warning(evidence, remedy);
  },
};

/** What was found out, and what was not. */
function describe(answers: Answers): readonly string[] {
  const user = valueOf(answers.user);
  const profile = profileOf(answers);
  const login = valueOf(answers.userLogin);
  const about = t(
    '{0} (“{1}”): active = {2}, licence “{3}”, profile “{4}”.',
    answers.account.username,
    user?.name ?? '',
    user?.active ?? true,
    profile?.license ?? t('unknown'),
    profile?.name ?? t('unknown'),
  );
  const locks =
    login === undefined
      ? t('Whether it is frozen is told to users with Manage Users only.')
      : `IsFrozen = ${login.frozen}, IsPasswordLocked = ${login.passwordLocked}.`;
  return [about, locks, describeRestrictions(answers)];
}

function describeRestrictions(answers: Answers): string {
  const restrictions = valueOf(answers.loginRestrictions);
  if (profileOf(answers)?.name !== CONNECTOR_PROFILE || restrictions === undefined) {
    return t('Login hours and IP ranges of its profile were not read.');
  }
  const { hours, ranges } = restrictions;
  const when = hours.join(', ');
  if (hours.length === 0) {
    return ranges.length === 0
      ? t('Its profile lets it log in at any time, from any address.')
      : t('Its profile lets it log in at any time, from {0} only.', list(ranges));
  }
  return ranges.length === 0
    ? t('Its profile lets it log in at certain hours ({0}), from any address.', when)
    : t('Its profile lets it log in at certain hours ({0}), from {1} only.', when, list(ranges));
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
      evidence: t(
        "It is not on the profile “{0}”: a person's account, or one that serves other things too, can do more than it should and changes with its owner.",
        CONNECTOR_PROFILE,
      ),
      remedy: administrator(
        PLACES.users,
        t('New User, or {0} › Edit › Profile: {1}', answers.account.username, CONNECTOR_PROFILE),
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
      evidence: t('The account is not active.'),
      remedy: administrator(place, `${username} › Edit › Active`, updateUser(answers, 'IsActive=true')),
    });
  }
  if (login?.frozen === true) {
    findings.push({
      outcome: 'fail',
      evidence: t('A frozen account cannot log in; the session that it still has is its last.'),
      remedy: administrator(place, `${username} › Unfreeze`, prepare(answers, 'unfreeze')),
    });
  }
  if (login?.passwordLocked === true) {
    findings.push({
      outcome: 'warning',
      evidence: t('Too many failed logins have locked its password.'),
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
      evidence: t('Outside of the login hours nothing is collected.'),
      remedy: administrator(
        PLACES.profiles,
        t('{0} › Login Hours › clear all times', CONNECTOR_PROFILE),
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
      evidence:
        policy === undefined
          ? t('Its password expires {0}, and this login was made with it.', utcDate(expires))
          : t('Its password expires {0} (policy: {1}), and this login was made with it.', utcDate(expires), policy),
      remedy: {
        ...inSetup(PLACES.permissionSets, t('a permission set with Password Never Expires')),
        text: t(
          'Use a JWT login, which needs no password (docs/service-account.md); or a System Administrator gives the account Password Never Expires in Setup › {0}.',
          PLACES.permissionSets.path,
        ),
      },
    });
  }
  if (holds(answers, 'TwoFactorApi') === true) {
    findings.push({
      outcome: 'warning',
      evidence: t(
        'It holds Multi-Factor Authentication for API Logins (PermissionsTwoFactorApi), and nobody is there to confirm.',
      ),
      remedy: inSetup(PLACES.permissionSets, t('take Multi-Factor Authentication for API Logins from this account')),
    });
  }
  return findings;
}
