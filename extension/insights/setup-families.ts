import type { SetupClass, SetupSeverity } from './setup-action.ts';

/** Action codes of one kind, by what their names have in common. */
export interface SetupFamily {
  /** RE2, whatever the case. */
  readonly pattern: string;
  readonly class: SetupClass;
  readonly severity: SetupSeverity;
  /** What was done, in our words; the action itself is told beside it. */
  readonly what: string;
}

type Line = readonly [pattern: string, severity: SetupSeverity, what: string];

function families(group: SetupClass, lines: readonly Line[]): readonly SetupFamily[] {
  return lines.map(([pattern, severity, what]) => ({ pattern, class: group, severity, what }));
}

/**
 * Families of Action codes, for those that are not listed one by one; the first that matches counts. Salesforce documents
 * no list of codes and adds new ones, but names them alike: what touches sign-in, sessions, permissions or logs is taken
 * for what weakens the org, whichever way it goes, until it is listed. A name that ends in two states has the old one first:
 * `…OffOn` was switched on.
 */
export const SETUP_FAMILIES: readonly SetupFamily[] = [
  ...families('schema or interface', [
    [
      '^(created|changed|deleted|undeleted|harddeleted|activated|deactivated|removed|updated)_?(cf|custent|customentity|picklist|globalpicklist|custmdtype|bigobj|fieldset|dependency|recordtype|custlink|customtab|custwebtab|flexipage|tabset|quickaction|actionoverride|compactlayout|custentlayout|staticresource|auracomponent|lightningwebcomponent|apexpage|apexcomponent|fieldmanageability|businessprocess)',
      'low',
      'fields, objects or pages changed',
    ],
    [
      '(layout|picklistvalue\\w*|compactlayout\\w*|globalpicklist|^renamedtab|_external_id|rsffield\\w*)$',
      'low',
      'layouts or picklists changed',
    ],
    [
      '^(deactivatepicklist|filteredlookup|dataclassification|feed_|historicaltrending|value_case_feeds|profile(pagelayout|recordtype|defaultrecordtype|tabset|custapp|defaultcustapp))',
      'low',
      'display of data changed',
    ],
    ['^setupentityobject', 'low', 'custom metadata record changed'],
  ]),
  ...families('automation', [
    ['withsystemmode$', 'medium', 'flow set to run with or without sharing'],
    [
      '(interactiondefinition|interactiondefversion|workflowrule|fieldupdate|flowtrigger|emailalert|outboundmessage|processdefinition|processnode|processactionitem)$',
      'low',
      'flows, workflow or approvals changed',
    ],
    [
      '(validation|matchrule|matchengine|duplicaterule|duplicatefilter|cleanrule|assrule)',
      'low',
      'validation or duplicate rules changed',
    ],
  ]),
  ...families('code or package', [
    ['^(created|changed|deleted)apex', 'medium', 'Apex code changed'],
    ['(packagingapp|managedpackage|packagelicense)', 'medium', 'package or its licenses changed'],
    ['(sandbox|scratchorg|changeset)', 'medium', 'sandbox, scratch org or change set'],
    ['^externalservices', 'medium', 'external service changed'],
  ]),
  ...families('monitoring', [
    ['(eventlog|eventmonitoring|deletemonitoring)\\w*onoff$', 'high', 'recording of events switched off'],
    [
      '(eventlog|eventmonitoring|deletemonitoring|transactionsecurity|fieldaudit|history_field_untracked)',
      'high',
      'recording of events or transaction security changed',
    ],
  ]),
  ...families('sign-in security', [
    ['authprovider', 'high', 'authentication provider changed'],
    ['^saml|samlsso|(enable|disable)(idp|identityprovider)', 'high', 'single sign-on changed'],
    ['loginflow', 'high', 'login flow changed'],
    [
      '(mfa|twofactor|2fa|webauthn|authenticatorpairing|u2f|verificationmethod)',
      'high',
      'multi-factor authentication changed',
    ],
  ]),
  ...families('login-as', [
    ['^su[a-z]*logout$', 'low', 'signed out as somebody else'],
    ['^su[a-z]*login', 'high', 'signed in as somebody else'],
    ['(loginas|overridegrantaccess|supportaccess)', 'high', 'right to sign in as somebody else changed'],
  ]),
  ...families('session or security setting', [
    [
      '(loginip|iprange|ipwhitelist|ipallowlist|iprestriction|trustedip|networkaccess)',
      'high',
      'IP restrictions changed',
    ],
    ['loginhours', 'high', 'login hours of a profile changed'],
    ['(password|passcode|secretanswer)', 'high', 'password policy changed'],
    [
      '(session|lockouton|clickjack|csrf|xssprotection|contentsniffing|referrerpolicy)',
      'high',
      'session or browser protection changed',
    ],
    [
      '(encrypt|mask|obfuscat|orgredirect|requirelogin|loginrequires|emaildomain|emailchange|hsts|https|restricttls|tls_setting)',
      'high',
      'protection of data or sign-ins changed',
    ],
    ['(remoteproxy|remotesite|csptrusted|cors)', 'high', 'remote sites or trusted origins changed'],
    ['serviceprovider', 'medium', 'identity service provider changed'],
    ['(mydomain|domainchosen|domainprovisioned|customdomain)', 'medium', 'domain of the org changed'],
  ]),
  ...families('certificate or credential', [
    ['^delete.*certificate', 'medium', 'certificate deleted'],
    ['(certificate|keystore|tenantsecret|encryptionkey)', 'high', 'certificate or key changed'],
    ['(named|external)credential', 'high', 'named or external credential changed'],
    ['^dkim', 'low', 'DKIM key rotated'],
  ]),
  ...families('connected app', [
    ['^block', 'low', 'application blocked'],
    [
      '(connectedapp|externalclientapp|clientapp|oauth|consumer(key|secret)|refreshtoken|initialtoken|iprelaxation|runtimeaccess|adminapproved)',
      'high',
      'application or its OAuth settings changed',
    ],
    ['^(insert|change|enable|disable|delete)application', 'medium', 'connected app changed'],
  ]),
  ...families('permission change', [
    [
      '^(permset|permissionset|setupentityaccessaudit|custompermission).*(unassign|disabled?|deleted?|removed?)',
      'low',
      'permission taken away',
    ],
    [
      '^(permset|permissionset).*(assign|enable|permchanged|expiration|activation|component)',
      'high',
      'permission given or changed',
    ],
    ['^(permset|permissionset|custompermission|setupentityaccessaudit)', 'medium', 'permission set or access changed'],
    ['^profile.*(perm|olp|entity)', 'high', 'permission of a profile changed'],
    ['^(profile|changedprofile)', 'medium', 'profile changed'],
    ['delegat(ed|e)group', 'high', 'delegated administration changed'],
    ['(userlicense|entityperm)', 'medium', 'licenses or permissions changed'],
    ['(useraccesspolic|restrictedprofile|profilefiltering)', 'high', 'rules of access changed'],
    ['(groupmembership|roleforuser|group$|^role$|role$)', 'medium', 'groups or roles changed'],
  ]),
  ...families('sharing', [
    ['(guest|publicaccess)', 'high', 'access of guests changed'],
    ['^recalc', 'low', 'sharing recalculated'],
    ['(sharing|^owd|defaultcustomentityext|accessmapping|profilemapping)', 'high', 'sharing changed'],
    ['(networkmember|^network|portal|prm|csp)', 'medium', 'access of external users changed'],
  ]),
  ...families('user management', [
    [
      '^changed(knowledge|marketing|interaction|offline|support|sfcontent|jigsaw\\w*)user',
      'low',
      'feature license of a user changed',
    ],
    ['^(changedapproverrequest|userallowforecasting|zoomuser|siquser)', 'low', 'preference of a user changed'],
  ]),
  ...families('data export', [['(dataexport|weeklyexport|^export)', 'high', 'data export']]),
  ...families('setting', [
    ['(offon|disabledenabled)$', 'unknown', 'setting switched on'],
    ['(onoff|enableddisabled)$', 'unknown', 'setting switched off or on'],
  ]),
];
