/** What an element may hold. `any` is taken as it comes: the simulated org has no objects, tabs or pages to check it against. */
export type ElementType = 'boolean' | 'string' | 'int' | 'any' | readonly string[] | ComplexType;

export interface ElementSpec {
  readonly type: ElementType;
  readonly list?: boolean;
  readonly required?: boolean;
  /** Lists: the child that identifies an entry, so that a deploy overlays entry by entry; without it the list is replaced. */
  readonly key?: string;
}

/** A type of the Metadata WSDL: its elements in WSDL order, which is the order they are written in. */
export interface ComplexType {
  readonly name: string;
  readonly elements: Readonly<Record<string, ElementSpec>>;
}

const boolean: ElementSpec = { type: 'boolean' };
const string: ElementSpec = { type: 'string' };
const entries = (key?: string): ElementSpec => ({ type: 'any', list: true, ...(key === undefined ? {} : { key }) });

/** Fields that are all xsd:boolean, alphabetical as in the WSDL; `others` are put in their place. */
function fields(booleans: string, others: Readonly<Record<string, ElementSpec>> = {}): Record<string, ElementSpec> {
  const all = [
    ...booleans
      .trim()
      .split(/\s+/)
      .map((name): [string, ElementSpec] => [name, boolean]),
    ...Object.entries(others),
  ];
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const userPermission = (owner: string): ElementSpec => ({
  type: {
    name: `${owner}UserPermission`,
    elements: { enabled: { ...boolean, required: true }, name: { ...string, required: true } },
  },
  list: true,
  key: 'name',
});

export const profileType: ComplexType = {
  name: 'Profile',
  elements: {
    fullName: string,
    applicationVisibilities: entries('application'),
    categoryGroupVisibilities: entries('dataCategoryGroup'),
    classAccesses: entries('apexClass'),
    custom: boolean,
    customMetadataTypeAccesses: entries('name'),
    customPermissions: entries('name'),
    customSettingAccesses: entries('name'),
    description: string,
    externalDataSourceAccesses: entries('externalDataSource'),
    fieldPermissions: entries('field'),
    flowAccesses: entries('flow'),
    layoutAssignments: entries(),
    loginFlows: entries(),
    loginHours: { type: 'any' },
    loginIpRanges: {
      type: {
        name: 'ProfileLoginIpRange',
        elements: {
          description: string,
          endAddress: { ...string, required: true },
          startAddress: { ...string, required: true },
        },
      },
      list: true,
    },
    objectPermissions: entries('object'),
    pageAccesses: entries('apexPage'),
    profileActionOverrides: entries(),
    recordTypeVisibilities: entries('recordType'),
    tabVisibilities: entries('tab'),
    userLicense: string,
    userPermissions: userPermission('Profile'),
  },
};

export const permissionSetType: ComplexType = {
  name: 'PermissionSet',
  elements: {
    fullName: string,
    applicationVisibilities: entries('application'),
    classAccesses: entries('apexClass'),
    customMetadataTypeAccesses: entries('name'),
    customPermissions: entries('name'),
    customSettingAccesses: entries('name'),
    description: string,
    emailRoutingAddressAccesses: entries('name'),
    externalCredentialPrincipalAccesses: entries('externalCredentialPrincipal'),
    externalDataSourceAccesses: entries('externalDataSource'),
    fieldPermissions: entries('field'),
    flowAccesses: entries('flow'),
    hasActivationRequired: boolean,
    label: string,
    license: string,
    objectPermissions: entries('object'),
    pageAccesses: entries('apexPage'),
    recordTypeVisibilities: entries('recordType'),
    tabSettings: entries('tab'),
    userPermissions: userPermission('PermissionSet'),
  },
};

const contentSettings: ComplexType = {
  name: 'ContentSettings',
  elements: {
    fullName: string,
    ...fields(`
      enableCMSC2CConnections enableChatterFileLink enableContent enableContentAutoAssign
      enableContentDistForPortalUsers enableContentDistPwOptionsBit1 enableContentDistPwOptionsBit2
      enableContentDistribution enableContentSupportMultiLanguage enableContentWorkspaceAccess
      enableDeleteFileInContentPacks enableFileIngestToDataCloud enableFileShareSetByRecord
      enableFilesUsrShareNetRestricted enableJPGPreviews enableLWCFileUpload enableLWCFileUploadInFlows
      enableLibraryManagedFiles enableShowChatterFilesInContent enableSiteGuestUserToUploadFiles
      enableUploadFilesOnAttachments setValidContentTypeForAtchDocDownload skipContentAssetTriggers
      skipContentAssetTriggersOnDeploy`),
  },
};

const sessionTimeouts = [
  'TwentyFourHours',
  'TwelveHours',
  'EightHours',
  'FourHours',
  'TwoHours',
  'SixtyMinutes',
  'ThirtyMinutes',
  'FifteenMinutes',
] as const;

const sessionSettings: ComplexType = {
  name: 'SessionSettings',
  elements: fields(
    `allowUserAuthenticationByCertificate allowUserCertBasedAuthenticationWithOcspValidation
     canConfirmEmailChangeInLightningCommunities canConfirmIdentityBySmsOnly disableTimeoutWarning
     enableBuiltInAuthenticator enableCSPOnEmail enableCSRFOnGet enableCSRFOnPost enableCacheAndAutocomplete
     enableClickjackNonsetupSFDC enableClickjackNonsetupUser enableClickjackNonsetupUserHeaderless
     enableClickjackSetup enableCoepHeader enableContentSniffingProtection enableCoopHeader enableLightningLogin
     enableLightningLoginOnlyWithUserPerm enableMFADirectUILoginOptIn enableOauthCorsPolicy
     enablePermissionsPolicy enablePostForSessions enableSMSIdentity enableU2F enforceIpRangesEveryRequest
     enforceUserDeviceRevoked forceLogoutOnSessionTimeout forceRelogin hasRetainedLoginHints hasUserSwitching
     hstsOnForcecomSites identityConfirmationOnEmailChange identityConfirmationOnTwoFactorRegistrationEnabled
     lockSessionsToDomain lockSessionsToIp lockerServiceCSP lockerServiceNext lockerServiceNextControl
     redirectBlockModeEnabled redirectionWarning referrerPolicy requireHttpOnly sendCspForUncommonClients
     sidToken3rdPartyAuraApp skipSFAWhenMFADirectUILogin terminateUserSessionsWhenAdminResetsPassword
     useEAPIRateLimitForConnectAPI useLocalStorageForLogoutUrl`,
    {
      grantCameraAccess: string,
      grantMicrophoneAccess: string,
      lockerServiceAPIVersion: string,
      logoutURL: string,
      referrerPolicyDirective: string,
      sessionTimeout: { type: sessionTimeouts },
      welcomeEmailTemplateId: string,
    },
  ),
};

const passwordPolicies: ComplexType = {
  name: 'PasswordPolicies',
  elements: fields('minimumPasswordLifetime obscureSecretAnswer', {
    apiOnlyUserHomePageURL: string,
    complexity: string,
    expiration: string,
    historyRestriction: string,
    lockoutInterval: string,
    maxLoginAttempts: string,
    minimumPasswordLength: string,
    passwordAssistanceMessage: string,
    passwordAssistanceURL: string,
    questionRestriction: string,
  }),
};

const networkAccess: ComplexType = {
  name: 'NetworkAccess',
  elements: {
    ipRanges: { type: { name: 'IpRange', elements: { description: string, end: string, start: string } }, list: true },
  },
};

const securitySettings: ComplexType = {
  name: 'SecuritySettings',
  elements: {
    fullName: string,
    ...fields(
      `canUsersGrantLoginAccess enableAdminLoginAsAnyUser enableAuditFieldsInactiveOwner enableAuraSecureEvalPref
       enableCoepHeader enableCoopHeader enableCrossOrgRedirects enablePermissionsPolicy
       enableRequireHttpsConnection redirectBlockModeEnabled sendCspForUncommonClients`,
      {
        networkAccess: { type: networkAccess },
        passwordPolicies: { type: passwordPolicies },
        sessionSettings: { type: sessionSettings },
        singleSignOnSettings: {
          type: {
            name: 'SingleSignOnSettings',
            elements: fields(`enableCaseInsensitiveFederationID enableForceDelegatedCallout enableMultipleSamlConfigs
              enableSamlJitProvisioning enableSamlLogin isLoginWithSalesforceCredentialsDisabled`),
          },
        },
      },
    ),
  },
};

const eventSettings: ComplexType = {
  name: 'EventSettings',
  elements: {
    fullName: string,
    ...fields(
      `bypassMeteringBlock enableApexLimitEvents enableDeleteMonitoringData enableDynamicStreamingChannel
       enableEventLogGeneration enableEventLogObjectFeature enableEventLogWaveIntegration enableLightningLoggerEvents
       enableStreamingApi enableTransactionSecurityPolicies`,
      { eventLogRetentionDuration: { type: 'int' } },
    ),
  },
};

const connectedAppSettings: ComplexType = {
  name: 'ConnectedAppSettings',
  elements: {
    fullName: string,
    ...fields(`enableAdminApprovedAppsOnly enableAdminApprovedAppsOnlyForExternalUser
      enableSkipUserProvisioningWizardWelcomePage`),
  },
};

/** Settings types by member name: `Content` is ContentSettings, in `settings/Content.settings`. */
export const settingsTypes: ReadonlyMap<string, ComplexType> = new Map([
  ['ConnectedApp', connectedAppSettings],
  ['Content', contentSettings],
  ['Event', eventSettings],
  ['Security', securitySettings],
]);
