import { actions, type SetupAction } from './setup-action.ts';

/** Action codes about the org: its settings, applications, credentials, data and code. */
export const ORG_ACTIONS: readonly SetupAction[] = [
  ...actions(
    'session or security setting',
    'high',
    `loginIpRange: login IP range of a profile changed
     deletedLoginIpRange_withProfile: login IP range of a profile deleted
     relaxEmployeeIpRestrictionsForProfile: login IP restrictions of a profile relaxed or enforced
     disableICForInternalUsersForProfile: identity verification of a profile in Experience Cloud sites changed
     sessiontimeoutForProfile: session timeout of a profile changed
     skipSFAWhenMFAUILoginOffOn: skipping of device activation after multi-factor sign-in switched on
     verifyOn2faRegistrationOnOff: identity verification before a new verification method switched off
     verifyOnEmailChangeOnOff: identity verification before a new email address switched off
     rqrEmailChangeConfirmPrefOnOff: confirmation of a new email address switched off
     enhancedUserFieldMaskingOnOff: masking of users' personal fields switched off
     obfuscateUserOnOff: hiding of users' personal data switched off
     crossOrgRedirectsEnabledOffOn: redirects to other orgs switched on
     debugFlowAsAnotherUserEnabledOn: debugging of flows as other users switched on
     debugFlowAsAnotherUserOffOn: debugging of flows as other users switched on
     s1EncryptedStoragePref2OnOff: encrypted storage of the mobile app switched off
     restrictPasswordAuthOnOff: restriction of password sign-ins switched off
     enableRequireLoginFromOrgDomain: sign-in at login.salesforce.com changed
     enableAPILoginRequiresOrgDomain: API sign-in at login.salesforce.com changed
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
     minimumPasswordLifetimeDisableForProfile: minimum password lifetime of a profile switched off
     networkSessionDecouplingForProfile: separation of site and org sign-ins of a profile changed
     allowOAuthForInternalUsersForProfile: OAuth of a profile in Experience Cloud sites changed
     deleteAllowedEmailDomain: email domain no longer allowed
     changeServiceProviderIssuer: issuer of an identity service provider changed
     changeServiceProviderSamlEntityUrl: entity of an identity service provider changed
     changeServiceProviderSubjectType: subject of an identity service provider changed
     customDomainRedirectPolicy: redirects to My Domain changed
     createAllowedEmailDomain: email domain allowed
     oauthCorsPolicyEnabledOffOn: CORS for OAuth switched on
     insertServiceProvider: identity service provider added
     changeServiceProviderAcsUrl: address of an identity service provider changed`,
  ),
  ...actions(
    'session or security setting',
    'low',
    `restrictEmailDomainsEnabledOffOn: restriction of email domains switched on
     restrictPasswordAuthOffOn: restriction of password sign-ins switched on
     verifyOn2faRegistrationOffOn: identity verification before a new verification method switched on
     verifyOnEmailChangeOffOn: identity verification before a new email address switched on
     rqrEmailChangeConfirmPrefOffOn: confirmation of a new email address switched on
     enhancedUserFieldMaskingOffOn: masking of users' personal fields switched on
     obfuscateUserOffOn: hiding of users' personal data switched on
     u2FEnabledOffOn: security keys allowed
     debugFlowAsAnotherUserEnabledOff: debugging of flows as other users switched off
     debugFlowAsAnotherUserOnOff: debugging of flows as other users switched off
     oauthCorsPolicyEnabledOnOff: CORS for OAuth switched off
     minimumPasswordLifetimeEnable: minimum password lifetime switched on
     minimumPasswordLifetimeEnableForProfile: minimum password lifetime of a profile switched on
     obscureSecretAnswerEnable: secret answers hidden
     selfApiSetPasswordDisable: setting of one's own password by API switched off`,
  ),
  ...actions(
    'connected app',
    'high',
    `insertApplication: connected app created
     insertConnectedApplication: connected app installed
     unblockConnectedApplication: connected app unblocked
     adminApprovedAppsOnlyOnOff: restriction to approved applications switched off
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
     changeApplicationCodeCredentialEnabled: authorization code and credentials flow of a connected app changed
     changeApplicationCodeCredentialPostOnly: credentials in the body for a connected app changed
     changeApplicationRefreshTokenRotationEnabled: refresh token rotation of a connected app changed
     generateOauthStagedCredential: new credentials of a connected app prepared
     SetupEntityAccessAudit_PermissionSet_ConnectedApplication_Disabled: connected app taken from a permission set
     SetupEntityAccessAudit_Profile_ConnectedApplication_DisabledCustom: connected app taken from a profile
     SetupEntityAccessAudit_Profile_ConnectedApplication_DisabledStandard: connected app taken from a profile
     deleteConnectedApplication: connected app uninstalled, and its policies with it`,
  ),
  ...actions(
    'connected app',
    'low',
    `deleteApplication: connected app deleted
     blockConnectedApplication: connected app blocked
     adminApprovedAppsOnlyOffOn: restriction to approved applications switched on
     changeApplicationContactEmail: contact of a connected app changed
     changeApplicationMobileSessionTimeout: mobile session timeout of a connected app changed
     changeApplicationPinLength: PIN length of a connected app changed`,
  ),
  ...actions(
    'certificate or credential',
    'high',
    `insertCertificate: certificate added
     uploadCertificateChain: certificate chain uploaded
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
    'setting',
    'medium',
    `accounttransfer: accounts transferred in bulk
     accountteamreassign: account teams reassigned in bulk
     opportunityteamreassign: opportunity teams reassigned in bulk
     sendEmailAccessControl: access to sending email changed
     emailspfcomplianceoff: SPF compliance of email switched off
     emailsenderidcomplianceoff: SenderId compliance of email switched off
     value_RESTRICT_TLS_TO_DOMAINS: domains with TLS for email changed
     BlackTabFrameworkActionChange: Salesforce staff changed a setting of the org
     BlackTabFrameworkActionRun: Salesforce staff ran a task in the org`,
  ),
  ...actions(
    'setting',
    'low',
    `changedconvrates: conversion rates changed
     inserteddatedexchrate: exchange rate added
     updateddatedexchrate: exchange rate changed
     changedOrganizationAddress: address of the organization changed
     holiday_insert: holiday created
     createdqueue: queue created
     updatedqueue: queue changed
     emptiedUserRecycleBin: recycle bin emptied
     purged_uninstall_export: export of an uninstalled package purged
     RateLimitingNotification: notification of API usage changed`,
  ),
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
     NetworkMemberGroupAdd: group let into an Experience Cloud site
     insertLpuAccessMapping: access mapping of a sharing set created
     updateLpuAccessMapping: access mapping of a sharing set changed
     updateProfileMapping: profiles of a sharing set changed`,
  ),
  ...actions(
    'sharing',
    'low',
    `owdUpdateFinished: organization-wide sharing changed
     deleteSharingRule: sharing rule deleted
     deleteSharingSets: sharing set deleted
     deleteRoleSharingRuleCascade: sharing rule deleted with its role
     externalSharingModelEnabled: separate sharing for external users switched on
     recalcSharingRuleStart: sharing rules being recalculated
     recalcSharingRuleComplete: sharing rules recalculated
     recalcSingleSharingRuleStart: sharing rule being recalculated
     recalcSingleSharingRuleComplete: sharing rule recalculated
     noChildImplicitEnabled: sharing recalculation made faster
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
     activatedinteractiondefinitionWithSystemMode: flow set to run without sharing
     activatedinteractiondefversionWithSystemMode: flow version set to run without sharing
     ExternalServicesCreate: external service registered
     ExternalServicesSchemaChange: external service changed
     createScratchOrg: scratch org created`,
  ),
  ...actions(
    'monitoring',
    'high',
    `transactionSecurityPolicyEnabledDisabled: transaction security policy switched on or off, which only the detail says
     transactionSecurityPolicyOnOff: transaction security switched off
     eventLogGenerationEnabledOnOff: event log files switched off
     entity_history_field_untracked: history of a field no longer kept`,
  ),
  ...actions(
    'monitoring',
    'low',
    `eventLogGenerationEnabledOffOn: event log files switched on
     transactionSecurityPolicyOffOn: transaction security switched on
     logHostnameRedirectionsOffOn: log of redirections switched on
     logHostnameRedirectionsOnOff: log of redirections switched off
     transactionSecurityPolicyCreatedEnabled: transaction security policy created
     transactionSecurityPolicyCreatedDisabled: transaction security policy created, switched off
     entity_history_field_tracked: history of a field kept`,
  ),
];
