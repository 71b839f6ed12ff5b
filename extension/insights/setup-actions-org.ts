import { actions, type SetupAction } from './setup-action.ts';

/** Action codes about the org: its settings, applications, credentials, data and code. */
export const ORG_ACTIONS: readonly SetupAction[] = [
  ...actions(
    'session or security setting',
    'high',
    `loginIpRange: login IP range of a profile changed
     deleteIpWhiteList: trusted IP range of the org deleted
     remoteproxy: remote site changed
     requiredSessionLevelForProfile: required session level of a profile changed
     updateSessionSecurityLevel: security level of a way to sign in changed
     mFADirectUILoginOptInOnOff: multi-factor authentication for everybody switched off
     disableRequireLoginFromOrgDomain: sign-in at login.salesforce.com changed
     disableAPILoginRequiresOrgDomain: API sign-in at login.salesforce.com changed
     restrictEmailDomainsEnabledOnOff: restriction of email domains switched off
     passwordcomplexity: password complexity changed
     passwordexpiry: password expiry changed
     passwordexpiryForProfile: password expiry of a profile changed
     passwordhistory: password history changed
     passwordhistoryForProfile: password history of a profile changed
     passwordlockout: lockout period changed
     passwordmaxinvalid: allowed failed sign-ins changed
     passwordmaxinvalidForProfile: allowed failed sign-ins of a profile changed
     passwordminlength: password length changed
     passwordquestion: password question changed`,
  ),
  ...actions(
    'session or security setting',
    'medium',
    `mFADirectUILoginOptInOffOn: multi-factor authentication for everybody switched on
     deleteLoginFlow: login flow of a profile deleted
     insertLightningLoginFlow: login flow of a profile added
     minimumPasswordLifetimeDisable: minimum password lifetime switched off
     obscureSecretAnswerDisable: secret answers shown
     createAllowedEmailDomain: email domain allowed
     oauthCorsPolicyEnabledOffOn: CORS for OAuth switched on
     insertServiceProvider: identity service provider added
     changeServiceProviderAcsUrl: address of an identity service provider changed`,
  ),
  ...actions(
    'connected app',
    'high',
    `insertApplication: connected app created
     insertConnectedApplication: connected app installed
     unblockConnectedApplication: connected app unblocked
     changeIpRelaxationPolicy: IP restrictions of a connected app changed
     changeUserRuntimeAccessPolicy: who may use a connected app changed
     changeOauthDefaultScope: scopes of a connected app changed
     changeApplicationCallbackUrl: callback address of a connected app changed
     changeApplicationClientCredentialEnabled: client credentials flow of a connected app changed
     addOauthClientCredentialUser: user for a connected app's client credentials chosen
     SetupEntityAccessAudit_PermissionSet_ConnectedApplication_Enabled: connected app given to a permission set
     SetupEntityAccessAudit_Profile_ConnectedApplication_EnabledCustom: connected app given to a profile
     SetupEntityAccessAudit_Profile_ConnectedApplication_EnabledStandard: connected app given to a profile`,
  ),
  ...actions(
    'connected app',
    'medium',
    `enableOauth: OAuth of a connected app switched on
     changeApplicationPkceRequired: PKCE of a connected app changed
     changeApplicationSecretRequiredForRefreshToken: secret for refreshing of a connected app changed
     changeApplicationOptionalConsumerSecret: secret of a connected app's web flow changed
     insertConnectedAppSessionPolicy: session policy of a connected app added
     dynamicInitialTokenGeneration: initial access token of a connected app made
     generateOauthStagedCredential: new credentials of a connected app prepared`,
  ),
  ...actions(
    'connected app',
    'low',
    `deleteApplication: connected app deleted
     deleteConnectedApplication: connected app uninstalled`,
  ),
  ...actions(
    'certificate or credential',
    'high',
    `insertCertificate: certificate added
     insertApplicationCertificate: certificate of a connected app added
     changeApplicationCertificate: certificate of a connected app changed
     namedCredentialInsert: named credential created
     namedCredentialFieldChange: named credential changed
     namedCredentialEncryptedFieldChange: secret of a named credential changed
     externalCredentialInsert: external credential created`,
  ),
  ...actions(
    'certificate or credential',
    'medium',
    `namedCredentialParameterInsert: parameter of a named credential added
     namedCredentialParameterFieldsChange: parameter of a named credential changed
     namedCredentialParameterDelete: parameter of a named credential deleted
     externalCredentialParameterInsert: parameter of an external credential added
     externalCredentialParameterDelete: parameter of an external credential deleted`,
  ),
  ...actions('data export', 'high', 'export: export of all data requested'),
  ...actions(
    'sharing',
    'high',
    `owdUpdateStarted: organization-wide sharing being changed
     owdExternalUpdateStartedForEntity: external organization-wide sharing being changed
     defaultCustomEntityExtAccess: external access to an object changed
     insertSharingRule: sharing rule created
     updateSharingRule: sharing rule changed
     insertSharingSets: sharing set created
     updateSharingSets: sharing set changed
     NetworkMemberGroupAdd: group let into an Experience Cloud site`,
  ),
  ...actions(
    'sharing',
    'low',
    `owdUpdateFinished: organization-wide sharing changed
     deleteSharingRule: sharing rule deleted
     secureGuestUserRecordAccessEnabled: guest users' access to records secured
     queueMembership: members of a queue changed`,
  ),
  ...actions(
    'code or package',
    'medium',
    `installedpackagingapp: package installed
     nonSecurityReviewedManagedPackageInstalled: package without security review installed
     upgradedpackagingapp: package upgraded
     uninstalledpackagingapp: package uninstalled
     deployedchangeset: change set deployed
     createdApexClass: Apex class created
     changedApexClass: Apex class changed
     changedApexTrigger: Apex trigger changed
     createScratchOrg: scratch org created`,
  ),
  ...actions(
    'monitoring',
    'high',
    `transactionSecurityPolicyEnabledDisabled: transaction security policy switched
     transactionSecurityPolicyOffOn: transaction security switched
     entity_history_field_untracked: history of a field no longer kept`,
  ),
  ...actions(
    'monitoring',
    'low',
    `eventLogGenerationEnabledOffOn: event log files switched on
     transactionSecurityPolicyCreatedEnabled: transaction security policy created
     transactionSecurityPolicyCreatedDisabled: transaction security policy created, switched off
     entity_history_field_tracked: history of a field kept`,
  ),
];
