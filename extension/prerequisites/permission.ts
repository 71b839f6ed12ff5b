import { refusalOf, valueOf } from './answers.ts';
import type { Answers } from './answers.ts';
import { CONNECTOR_PERMISSIONS, CONNECTOR_PROFILE } from './connector.ts';
import type { ConnectorPermission } from './connector.ts';
import { fail, pass, unknown } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { deploy, list, notAnswered } from './wording.ts';

/** The six permissions, each a prerequisite of its own: effective for the running user, and from where. */
export const permissions: readonly Prerequisite[] = CONNECTOR_PERMISSIONS.map(permission);

function permission({ id, label, name, without }: ConnectorPermission): Prerequisite {
  const field = `Permissions${name}`;
  return {
    id,
    title: `Permission: ${label}`,
    judge(answers) {
      const refusal = refusalOf(answers.permissions);
      if (refusal !== undefined) {
        return unknown(
          notAnswered('UserPermissionAccess', refusal),
          `Look at Setup › Users › ${answers.org.username} › View Summary › User Permissions for “${label}”.`,
        );
      }
      const held = valueOf(answers.permissions)?.get(name);
      if (held === undefined) {
        return unknown(
          `UserPermissionAccess has no field ${field} in this org.`,
          `Look for “${label}” in Setup › Users › Profiles.`,
        );
      }
      if (held) return pass(`UserPermissionAccess: ${field} = true${from(answers, name)}.`);
      return fail(`UserPermissionAccess: ${field} = false. Without it, ${without}.`, remedy(answers, label));
    },
  };
}

/** Someone who is not on the connector profile gets the permission with it; else the profile itself lacks it. */
function remedy(answers: Answers, label: string): string {
  if (valueOf(answers.user)?.profileName !== CONNECTOR_PROFILE) {
    return 'A System Administrator deploys and assigns the connector profile: it brings this permission.';
  }
  return `A System Administrator deploys the connector profile again: \`${deploy('force-app')}\`. Or ticks “${label}” in Setup › Users › Profiles › ${CONNECTOR_PROFILE}.`;
}

function from(answers: Answers, name: string): string {
  const grants = (valueOf(answers.grants) ?? []).filter((grant) => grant.permissions.has(name));
  return grants.length === 0 ? '' : `, from the ${list(grants.map((grant) => `${grant.from} “${grant.name}”`))}`;
}
