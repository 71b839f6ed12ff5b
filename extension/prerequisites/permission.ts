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
import { administrator, deploy, list, lookAt, notAnswered, prepare } from './wording.ts';

/** The licence that force-app's profile is for. */
const LICENSE = 'Salesforce';

/** The six permissions, each a prerequisite of its own: effective for the account, and from where. */
export const permissions: readonly Prerequisite[] = CONNECTOR_PERMISSIONS.map(permission);

function permission(wanted: ConnectorPermission): Prerequisite {
  const { id, label, name } = wanted;
  const field = `Permissions${name}`;
  return {
    id,
    title: `Permission: ${label}`,
    judge(answers) {
      const { own, username } = answers.account;
      const object = own ? 'UserPermissionAccess' : 'Profile and permission sets';
      const refusal = refusalOf(answers.permissions);
      if (refusal !== undefined) {
        const look = lookAt(PLACES.users, `${username} › View Summary › User Permissions for “${label}”`);
        return unknown(notAnswered(object, refusal), whenRefused(refusal, look));
      }
      const held = valueOf(answers.permissions)?.get(name);
      if (held === undefined) {
        return unknown(`${object}: no ${field} in this org.`, lookAt(PLACES.profiles, `“${label}”`));
      }
      if (held) return pass(`${object}: ${field} = true${from(answers, name)}.`);
      const evidence = `${object}: ${field} = false. Without it, ${wanted.without}.${costs(answers, name)}${licence(answers)}`;
      if (hasLeastPrivilege(answers)) {
        return warning(
          `${evidence} The least-privilege permission set is assigned, on purpose.`,
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
  if (lost.length === 0) return ' No source of Sync needs it.';
  if (name === 'ApiEnabled') return ' It costs every source of Sync.';
  return ` It costs Sync: ${list(lost.map((need) => `${need.source} (${need.costs})`))}.`;
}

function licence(answers: Answers): string {
  const license = profileOf(answers)?.license;
  if (license === undefined || license === LICENSE) return '';
  return ` The account has the licence “${license}”; the connector profile is for the licence “${LICENSE}”, another may not be able to hold this.`;
}

/** Who is not on the connector profile gets the permission with it; else the profile itself lacks it. */
function remedy(answers: Answers, label: string): Remedy {
  if (profileOf(answers)?.name !== CONNECTOR_PROFILE) {
    const command = prepare(answers, 'connector-profile', 'assign-profile');
    return {
      text: 'A System Administrator deploys and assigns the connector profile (see above): it brings this permission.',
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

function from(answers: Answers, name: string): string {
  const grants = (valueOf(answers.grants) ?? []).filter((grant) => grant.permissions.has(name));
  return grants.length === 0 ? '' : `, from the ${list(grants.map((grant) => `${grant.from} “${grant.name}”`))}`;
}
