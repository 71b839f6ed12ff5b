import { t } from '@vscode/l10n';
import { sentences } from '../shared/wording.ts';
import type { Refusal } from './answers.ts';
import type { Remedy } from './prerequisite.ts';
import type { Look } from './wording.ts';

interface Case {
  /** Salesforce's error code, OAuth's `error`, or Orgwatch's own code. */
  readonly code?: RegExp;
  /** What the words say, where the code alone does not tell. */
  readonly says?: RegExp;
  readonly means: () => string;
  readonly who: Remedy['who'];
  readonly remedy: () => string;
}

/**
 * What Salesforce's refusals mean and who puts them right, the most particular first. Codes: SOAP API Developer Guide,
 * "Core Data Types"; REST API Developer Guide, "Status Codes and Error Responses". The cases that Microsoft publishes
 * for its own connector ("Troubleshooting App Connector errors", Salesforce) are marked M.
 */
const REFUSAL_CASES: readonly Case[] = [
  {
    code: /^INVALID_SESSION_ID$|^SESSION_EXPIRED$|^INVALID_AUTH_HEADER$/,
    means: () => t('the session has ended'),
    who: 'you',
    // M: "400 Bad Request: either the connection to Salesforce did not complete or is expired": connect again.
    remedy: () => t('Authorize the org again with sf org login web, or with sf org login jwt where nobody can click.'),
  },
  {
    code: /^API_CURRENTLY_DISABLED$/,
    means: () => t('this user lacks API Enabled'),
    who: 'administrator',
    remedy: () => t('A System Administrator puts the account on the connector profile: it brings API Enabled.'),
  },
  {
    code: /^API_DISABLED/,
    means: () => t('the edition has no API, or this user lacks API Enabled'),
    who: 'administrator',
    remedy: () =>
      t(
        'Either the edition lacks the API: ask your Salesforce account executive for API access (an add-on in Professional Edition). Or this user lacks API Enabled: a System Administrator gives it with the connector profile.',
      ),
  },
  {
    code: /^QUOTA_RESERVED$/,
    means: () => t('Orgwatch keeps the last calls of the org untouched'),
    who: 'you',
    remedy: () => t('Run Verify again when calls are free; the evidence says when.'),
  },
  {
    code: /^REQUEST_LIMIT_EXCEEDED$/,
    means: () => t('the org has used its daily API calls'),
    who: 'administrator',
    remedy: () =>
      t(
        'Wait until calls fall out of the last 24 hours, and see in Setup › Company Settings › Company Information, and in the event type ApiTotalUsage, who uses them.',
      ),
  },
  {
    code: /^INSUFFICIENT_ACCESS|^FORBIDDEN$|^PERMISSION_MISSING$/,
    says: /Metadata API/,
    means: () => t('this user lacks Modify Metadata Through Metadata API Functions'),
    who: 'administrator',
    remedy: () =>
      t(
        'A System Administrator gives Modify Metadata Through Metadata API Functions, with the connector profile; then run Verify again.',
      ),
  },
  {
    code: /^TXN_SECURITY_NO_ACCESS$/,
    means: () => t('a transaction security policy of the org blocked the request'),
    who: 'administrator',
    remedy: () =>
      t(
        'A System Administrator exempts the account from that policy in Setup › Security › Transaction Security Policies.',
      ),
  },
  {
    code: /^INSUFFICIENT_ACCESS|^FORBIDDEN$|^PERMISSION_MISSING$/,
    means: () => t('this user lacks a permission'),
    who: 'administrator',
    remedy: () => t('Put the permissions right first (see the permission lines), then run Verify again.'),
  },
  {
    code: /^INVALID_TYPE$|^NOT_FOUND$|^NOT_SUPPORTED_BY_ORG$|^FUNCTIONALITY_NOT_ENABLED$/,
    means: () => t('the org has no such object, or not for this user'),
    who: 'administrator',
    remedy: () => t('Put the permissions right first (see the permission lines), then run Verify again.'),
  },
  {
    code: /^INVALID_FIELD$/,
    means: () => t('the org has no such field, or not for this user'),
    who: 'administrator',
    remedy: () => t('Put the permissions right first (see the permission lines), then run Verify again.'),
  },
  {
    says: /app must be installed into org|OAUTH_APPROVAL_ERROR_GENERIC/,
    means: () => t('uninstalled connected apps are blocked since September 2025'),
    who: 'administrator',
    remedy: () =>
      t(
        'A System Administrator installs the app in Setup › Connected Apps OAuth Usage, or gives Approve Uninstalled Connected Apps for the login.',
      ),
  },
  {
    says: /hasn't approved this consumer/,
    means: () => t('the JWT login names an app that this user is not admitted to'),
    who: 'administrator',
    remedy: () =>
      t('A System Administrator admits the profile of the account in the policies of the External Client App.'),
  },
  {
    code: /^ORG_UNREACHABLE$/,
    says: /broke off|hang up|ECONNRESET|failed to respond/,
    means: () => t('the connection was cut'),
    who: 'administrator',
    // M: "failed to respond: IP restriction": clear Lock sessions to the IP address from which they originated.
    remedy: () =>
      t(
        'Try again. If it stays so and the address of this machine changes, see prerequisite session-ip-lock: clear “Lock sessions to the IP address from which they originated” in Setup › Session Settings.',
      ),
  },
  {
    code: /^SERVER_ERROR$|^SERVER_UNAVAILABLE$|^QUERY_TIMEOUT$|^UNKNOWN_EXCEPTION$|^ORG_UNREACHABLE$|^HTTP_5/,
    means: () => t('Salesforce or the way to it is troubled'),
    who: 'you',
    // M: "Read timed out": test again.
    remedy: () => t('Run Verify again later; https://status.salesforce.com tells of incidents.'),
  },
  {
    says: /depends on permission\(s\)/,
    means: () => t('this org demands more with a permission'),
    who: 'you',
    remedy: () => t('orgwatch prepare finds out what this org demands and adds it.'),
  },
  {
    says: /Unknown user permission/,
    means: () => t('the org has no such permission: edition, licence or feature'),
    who: 'you',
    remedy: () => t('orgwatch prepare leaves out what the org does not know.'),
  },
  {
    says: /user license doesn't allow the permission/,
    means: () => t('the user licence of the profile cannot hold the permission'),
    who: 'administrator',
    remedy: () => t('Use the licence Salesforce for the service account.'),
  },
  {
    code: /^LICENSE_LIMIT_EXCEEDED$/,
    means: () => t('no user licence is free'),
    who: 'administrator',
    remedy: () => t('Deactivate a user of that licence or ask your Salesforce account executive for one more.'),
  },
  {
    code: /^DUPLICATE_USERNAME$/,
    means: () => t('the username is taken, in this or another org'),
    who: 'you',
    remedy: () =>
      t('Take another username: it has to be unique among all orgs and need not be an e-mail address that exists.'),
  },
];

/** The case that a refusal falls under. */
export function caseOf(refusal: Pick<Refusal, 'code' | 'reason' | 'errorCode'>): Case | undefined {
  const codes = [refusal.errorCode, refusal.code].filter((code) => code !== undefined);
  return REFUSAL_CASES.find(
    ({ code, says }) =>
      (code === undefined || codes.some((each) => code.test(each))) &&
      (says === undefined || says.test(refusal.reason)),
  );
}

/** What to do about an answer that did not come: what the refusal calls for, and where to look meanwhile. */
export function whenRefused(refusal: Refusal, look: Look): Remedy {
  const found = caseOf(refusal);
  if (found === undefined) return look;
  return { ...look, who: found.who, text: sentences(found.remedy(), look.byHand) };
}
