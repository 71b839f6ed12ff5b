import { t } from '@vscode/l10n';
import { list, sentences } from '../shared/wording.ts';
import { profileOf, refusalOf, valueOf } from './answers.ts';
import type { Answers } from './answers.ts';
import { CONNECTOR_PERMISSIONS, CONNECTOR_PROFILE } from './connector.ts';
import type { ConnectorPermission } from './connector.ts';
import { hasLeastPrivilege } from './least-privilege.ts';
import { costOf } from './needs.ts';
import { PLACES } from './places.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite, Remedy } from './prerequisite.ts';
import { whenRefused } from './refusal-remedies.ts';
import { administrator, deploy, lookAt, notAnswered, prepare } from './wording.ts';

/** The licence that force-app's profile is for. */
const LICENSE = 'Salesforce';

/** The six permissions, each a prerequisite of its own: effective for the account, and from where. */
export const permissions: readonly Prerequisite[] = CONNECTOR_PERMISSIONS.map(permission);

function permission(wanted: ConnectorPermission): Prerequisite {
  const { id, label, name } = wanted;
  const field = `Permissions${name}`;
  return {
    id,
    get title() {
      return wanted.title();
    },
    judge(answers) {
      const { own, username } = answers.account;
      const object = own ? 'UserPermissionAccess' : t('Profile and permission sets');
      const refusal = refusalOf(answers.permissions);
      if (refusal !== undefined) {
        const look = lookAt(PLACES.users, t('{0} › View Summary › User Permissions for “{1}”', username, label));
        return unknown(notAnswered(object, refusal), whenRefused(refusal, look));
      }
      const held = valueOf(answers.permissions)?.get(name);
      if (held === undefined) {
        return unknown(t('{0}: no {1} in this org.', object, field), lookAt(PLACES.profiles, `“${label}”`));
      }
      if (held) return pass(describeHeld(answers, name, object));
      const evidence = sentences(
        `${object}: ${field} = false.`,
        wanted.without(),
        costs(answers, name),
        licence(answers),
      );
      if (hasLeastPrivilege(answers)) {
        return warning(
          sentences(evidence, t('The least-privilege permission set is assigned, on purpose.')),
          remedy(answers, label),
        );
      }
      return fail(evidence, remedy(answers, label));
    },
  };
}

/** Which sources the missing permission costs. */
function costs(answers: Answers, name: string): string {
  const lost = costOf(answers, name);
  if (lost.length === 0) return t('No source of Sync needs it.');
  if (name === 'ApiEnabled') return t('It costs every source of Sync.');
  return t('It costs Sync: {0}.', list(lost.map((need) => `${need.source} (${need.costs()})`)));
}

function licence(answers: Answers): string {
  const license = profileOf(answers)?.license;
  if (license === undefined || license === LICENSE) return '';
  return t(
    'The account has the licence “{0}”; the connector profile is for the licence “{1}”, another may not be able to hold this.',
    license,
    LICENSE,
  );
}

/** Who is not on the connector profile gets the permission with it; else the profile itself lacks it. */
function remedy(answers: Answers, label: string): Remedy {
  if (profileOf(answers)?.name !== CONNECTOR_PROFILE) {
    const command = prepare(answers, 'connector-profile', 'assign-profile');
    return {
      text: t(
        'A System Administrator deploys and assigns the connector profile (see above): it brings this permission.',
      ),
      who: 'administrator',
      place: PLACES.profiles,
      command,
    };
  }
  return administrator(
    PLACES.profiles,
    `${CONNECTOR_PROFILE} › “${label}”`,
    prepare(answers, 'connector-profile'),
    deploy('force-app'),
  );
}

/** That it is held, and from where where that is told. */
function describeHeld(answers: Answers, name: string, object: string): string {
  const grants = (valueOf(answers.grants) ?? []).filter(({ permissions }) => permissions.has(name));
  if (grants.length === 0) return `${object}: Permissions${name} = true.`;
  const from = grants.map((grant) =>
    grant.from === 'profile' ? t('profile “{0}”', grant.name) : t('permission set “{0}”', grant.name),
  );
  return t('{0}: {1} = true, from the {2}.', object, `Permissions${name}`, list(from));
}
