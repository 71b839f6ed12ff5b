import { holds, refusalOf, valueOf } from './answers.ts';
import type { Answers } from './answers.ts';
import { PLACES } from './places.ts';
import { pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite, Remedy } from './prerequisite.ts';
import { whenRefused } from './refusal-remedies.ts';
import { inSetup, lookAt, notAnswered } from './wording.ts';

/** The connected app that sf logs in through, as Salesforce names it, and as sf's own files do. */
const SF_APP = 'Salesforce CLI';
const SF_CLIENT_ID = 'PlatformCLI';

/**
 * Two things keep clients out: API Access Control lets only installed or admitted apps call the API, and since
 * September 2025 no user can newly authorize an app that is not installed (Salesforce Help 005132365).
 */
export const appAccess: Prerequisite = {
  id: 'app-access',
  title: 'The app that logs in is let in, today and the next time',
  judge(answers) {
    const apps = valueOf(answers.installedApps);
    const refusal = refusalOf(answers.installedApps);
    const control = describeControl(answers);
    if (apps === undefined && holds(answers, 'CanApproveUninstalledApps') === undefined) {
      const nothing = refusal ?? { code: 'INTERNAL', reason: 'nothing' };
      return unknown(
        `${notAnswered('ConnectedApplication', nothing)} ${control}`,
        whenRefused(nothing, lookAt(PLACES.connectedApps, `${SF_APP}: installed?`)),
      );
    }
    const evidence = `${control} ${describeApps(answers)} ${describePermissions(answers)}`;
    if (valueOf(answers.apiAccessControl) === true && holds(answers, 'UseAnyApiClient') !== true) {
      if (apps?.includes(SF_APP) === true || ownApp(answers)) return pass(evidence);
      return warning(
        `${evidence} This session was let in; a login through an app that is not installed would not be.`,
        install(PLACES.apiAccessControl),
      );
    }
    if (apps?.includes(SF_APP) === true || ownApp(answers) || holds(answers, 'CanApproveUninstalledApps') === true) {
      return pass(evidence);
    }
    if (apps === undefined) {
      return unknown(
        `${notAnswered('ConnectedApplication', refusal ?? { code: 'INTERNAL', reason: 'nothing' })} ${evidence}`,
        lookAt(PLACES.connectedApps, `${SF_APP}: installed?`),
      );
    }
    return warning(
      `${evidence} What is authorized goes on; a new login of this account with \`sf org login web\` is refused (“app must be installed into org”).`,
      install(PLACES.connectedApps),
    );
  },
};

/** A login through an app of the org's own, such as the External Client App of a JWT login. */
function ownApp({ org }: Answers): boolean {
  return org.clientId !== undefined && org.clientId !== SF_CLIENT_ID;
}

function describeControl(answers: Answers): string {
  const refusal = refusalOf(answers.apiAccessControl);
  if (refusal !== undefined) return notAnswered('Connected app settings', refusal);
  const on = valueOf(answers.apiAccessControl);
  return on === undefined
    ? 'Connected app settings have no enableAdminApprovedAppsOnly: Salesforce shows it where API Access Control was enabled by Customer Support.'
    : `Connected app settings: enableAdminApprovedAppsOnly = ${on}.`;
}

function describeApps(answers: Answers): string {
  const apps = valueOf(answers.installedApps);
  const own = ownApp(answers) ? " This login goes through an app of the org's own." : '';
  if (apps === undefined) return `Which apps are installed could not be read.${own}`;
  return `ConnectedApplication: ${SF_APP} is ${apps.includes(SF_APP) ? '' : 'not '}among the installed.${own}`;
}

function describePermissions(answers: Answers): string {
  const held = (name: string): string => {
    const value = holds(answers, name);
    return `Permissions${name} ${value === undefined ? 'unknown here' : `= ${value}`}`;
  };
  return `${held('CanApproveUninstalledApps')}, ${held('UseAnyApiClient')}.`;
}

function install(place: (typeof PLACES)[keyof typeof PLACES]): Remedy {
  return {
    ...inSetup(place, `${SF_APP} › Install`),
    text: `A System Administrator installs ${SF_APP} in Setup › ${PLACES.connectedApps.path} › ${SF_APP} › Install. Better: give the account a JWT login through an External Client App of the org's own (docs/service-account.md). For one login only: Approve Uninstalled Connected Apps, in a permission set, taken away again afterwards.`,
  };
}
