import { t } from '@vscode/l10n';
import { sentences } from '../shared/wording.ts';
import { holds, refusalOf, valueOf } from './answers.ts';
import type { Answers } from './answers.ts';
import { PLACES } from './places.ts';
import { pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite, Remedy } from './prerequisite.ts';
import { whenRefused } from './refusal-remedies.ts';
import { inSetup, lookAt, notAnswered, nothing } from './wording.ts';

/** The connected app that sf logs in through, as Salesforce names it, and as sf's own files do. */
const SF_APP = 'Salesforce CLI';
const SF_CLIENT_ID = 'PlatformCLI';

/**
 * Two things keep clients out: API Access Control lets only installed or admitted apps call the API, and since
 * September 2025 no user can newly authorize an app that is not installed (Salesforce Help 005132365).
 */
export const appAccess: Prerequisite = {
  id: 'app-access',
  get title() {
    return t('The app that logs in is let in, today and the next time');
  },
  judge(answers) {
    const apps = valueOf(answers.installedApps);
    const refusal = refusalOf(answers.installedApps);
    const control = describeControl(answers);
    if (apps === undefined && holds(answers, 'CanApproveUninstalledApps') === undefined) {
      const why = refusal ?? nothing();
      return unknown(
        sentences(notAnswered('ConnectedApplication', why), control),
        whenRefused(why, lookAt(PLACES.connectedApps, t('{0}: installed?', SF_APP))),
      );
    }
    const evidence = sentences(control, ...describeApps(answers), describePermissions(answers));
    if (valueOf(answers.apiAccessControl) === true && holds(answers, 'UseAnyApiClient') !== true) {
      if (apps?.includes(SF_APP) === true || ownApp(answers)) return pass(evidence);
      return warning(
        sentences(evidence, t('This session was let in; a login through an app that is not installed would not be.')),
        install(PLACES.apiAccessControl),
      );
    }
    if (apps?.includes(SF_APP) === true || ownApp(answers) || holds(answers, 'CanApproveUninstalledApps') === true) {
      return pass(evidence);
    }
    if (apps === undefined) {
      return unknown(
        sentences(notAnswered('ConnectedApplication', refusal ?? nothing()), evidence),
        lookAt(PLACES.connectedApps, t('{0}: installed?', SF_APP)),
      );
    }
    return warning(
      sentences(
        evidence,
        t(
          'What is authorized goes on; a new login of this account with `sf org login web` is refused (“app must be installed into org”).',
        ),
      ),
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
  if (refusal !== undefined) return notAnswered(t('Connected app settings'), refusal);
  const on = valueOf(answers.apiAccessControl);
  return on === undefined
    ? t(
        'Connected app settings have no enableAdminApprovedAppsOnly: Salesforce shows it where API Access Control was enabled by Customer Support.',
      )
    : t('Connected app settings: enableAdminApprovedAppsOnly = {0}.', on);
}

function describeApps(answers: Answers): readonly string[] {
  return [describeInstalled(answers), ownApp(answers) ? t("This login goes through an app of the org's own.") : ''];
}

function describeInstalled(answers: Answers): string {
  const apps = valueOf(answers.installedApps);
  if (apps === undefined) return t('Which apps are installed could not be read.');
  return apps.includes(SF_APP)
    ? t('ConnectedApplication: {0} is among the installed.', SF_APP)
    : t('ConnectedApplication: {0} is not among the installed.', SF_APP);
}

function describePermissions(answers: Answers): string {
  const held = (name: string): string => {
    const value = holds(answers, name);
    return value === undefined ? t('Permissions{0} unknown here', name) : t('Permissions{0} = {1}', name, value);
  };
  return t('{0}, {1}.', held('CanApproveUninstalledApps'), held('UseAnyApiClient'));
}

function install(place: (typeof PLACES)[keyof typeof PLACES]): Remedy {
  return {
    ...inSetup(place, `${SF_APP} › Install`),
    text: sentences(
      t('A System Administrator installs {0} in Setup › {1} › {0} › Install.', SF_APP, PLACES.connectedApps.path),
      t(
        "Better: give the account a JWT login through an External Client App of the org's own (docs/service-account.md).",
      ),
      t('For one login only: Approve Uninstalled Connected Apps, in a permission set, taken away again afterwards.'),
    ),
  };
}
