import { actions, type SetupAction } from './setup-action.ts';

/** Action codes about who people are, how they sign in, and what they may do. */
export const PEOPLE_ACTIONS: readonly SetupAction[] = [
  ...actions(
    'permission change',
    'high',
    `PermSetAssign: permission set assigned to a user
     PermSetAssign_HasExpiration: permission set assigned to a user for a time
     PermSetAssignmentExpirationChange: end of a permission set assignment changed
     PermSetGroupAssign: permission set group assigned to a user
     PermSetEnableUserPerm: permission added to a permission set
     PermSetEntityPermChanged: object access of a permission set changed
     PermSetHasActivationRequiredChange: session activation of a permission set changed
     PermissionSetGroupComponentAdd: permission set added to a group
     changedprofileforuser: profile of a user changed
     changedprofileforusercusttostd: profile of a user changed
     changedprofileforuserstdtocust: profile of a user changed
     changedprofileforuserstdtostd: profile of a user changed
     profilePermChangedCustom: permission of a profile changed
     profilePermChangedStandard: permission of a profile changed
     profileOlpChangedCustom: object access of a profile changed
     profileOlpChangedStandard: object access of a profile changed
     adddelegatedgroup: delegated administration group created
     addedtodelegatedgroup: somebody or something added to a delegated administration group
     changeDelegateGroupLoginAccess: login-as of a delegated administration group changed`,
  ),
  ...actions(
    'permission change',
    'medium',
    `PermSetCreate: permission set created
     PermSetCreateNoLicense: permission set created
     PermSetCloneNoLicense: permission set copied
     PermSetFlsChanged: field access of a permission set changed
     PermSetLicenseAssign: permission set license assigned to a user
     PermissionSetGroupCreate: permission set group created
     profileClonedStandard: profile copied
     profileClonedCustom: profile copied
     profileFlsChangedCustom: field access of a profile changed
     profileFlsChangedStandard: field access of a profile changed
     PermissionSelfHealing: permission of a profile completed by Salesforce
     PermSetRecordTypeAdded: record type added to a permission set
     SetupEntityAccessAudit_PermissionSet_ApexClass_Enabled: Apex class added to a permission set
     SetupEntityAccessAudit_PermissionSet_CustomEntityDefinition_Enabled: custom metadata type added to a permission set
     CustomPermissionCreate: custom permission created
     SetupEntityAccessAudit_PermissionSet_CustomPermission_Enabled: custom permission added to a permission set
     SetupEntityAccessAudit_Profile_CustomPermission_EnabledCustom: custom permission added to a profile
     SetupEntityAccessAudit_Profile_CustomPermission_EnabledStandard: custom permission added to a profile
     changedroleforuser: role of a user changed
     changedroleforuserfromnone: role given to a user
     changedroleforusertonone: role taken from a user
     groupMembership: members of a public group changed`,
  ),
  ...actions(
    'permission change',
    'low',
    `PermSetUnassign: permission set taken from a user
     PermSetUnassign_HasExpiration: permission set taken from a user
     PermSetGroupUnassign: permission set group taken from a user
     PermSetLicenseUnassign: permission set license taken from a user
     PermSetDisableUserPerm: permission removed from a permission set
     PermSetDelete: permission set deleted
     PermSetLabelChange: permission set renamed
     PermSetDescriptionChange: permission set described anew
     PermissionSetGroupComponentRemoved: permission set removed from a group
     PermissionSetGroupDelete: permission set group deleted
     PermissionSetGroupCalculationStarted: permission set group being recalculated
     PermissionSetGroupCalculationComplete: permission set group recalculated
     PermissionSetGroupCalculationError: permission set group not recalculated
     removedfromdelegatedgroup: somebody or something removed from a delegated administration group
     createdrole: role created
     role: role changed
     deletedrole: role deleted
     createdgroup: public group created
     updatedgroup: public group changed
     deletedgroup: public group deleted`,
  ),
  ...actions(
    'user management',
    'medium',
    `createduser: user created
     createdcustomersuccessuser: customer user created
     createdpartneruser: partner user created
     activateduser: user activated
     unfrozeuser: user unfrozen
     changedemail: email address of a user changed
     useremailchangesent: change of a user's email address begun
     changedusername: user name changed
     changedfederationid: single sign-on identity of a user changed`,
  ),
  ...actions(
    'user management',
    'low',
    `deactivateduser: user deactivated
     frozeuser: user frozen
     changedManager: manager of a user changed
     changedDelegateApprover: delegated approver of a user changed
     changedcommunitynickname: nickname of a user changed
     changedsfcontentuseroffon: user became a CRM Content user
     changedsfcontentuseronoff: user is no longer a CRM Content user
     changedUserEmailVerifiedStatusVerified: email address of a user verified
     changedUserEmailVerifiedStatusUnverified: email address of a user no longer verified`,
  ),
  ...actions(
    'sign-in security',
    'high',
    `deleteTwoFactorInfo2: one-time password generator of a user removed
     deleteAuthenticatorPairing: Salesforce Authenticator of a user removed
     deleteTwoFactorWebAuthN: security key of a user removed
     disableRequireMfa: multi-factor authentication of an authentication provider switched off
     insertTwoFactorTempCode: temporary verification code made for a user
     sessiongen: session id made for a user`,
  ),
  ...actions(
    'sign-in security',
    'medium',
    `resetpassword: password of a user reset
     unlockeduser: user unlocked
     insertTwoFactorInfo2: one-time password generator added for a user
     insertTwoFactorWebAuthN: security key added for a user
     insertAuthenticatorPairing: Salesforce Authenticator added for a user
     changedUserPhoneNumber: verification phone number of a user changed
     registeredUserPhoneNumber: verification phone number of a user registered
     unregisterdUserPhoneNumber: verification phone number of a user removed
     changedUserAdminVerifiedStatusVerified: mobile number of a user trusted by an administrator
     enableSendSecretInApis: secrets of an authentication provider sent in APIs`,
  ),
  ...actions(
    'sign-in security',
    'low',
    `changedpassword: password set
     deleteTwoFactorTempCode: temporary verification code withdrawn
     enableRequireMfa: multi-factor authentication of an authentication provider switched on
     disableSendSecretInApis: secrets of an authentication provider no longer sent in APIs
     addAuthProviderIconUrl: icon of an authentication provider added
     twoFactorWebAuthN_editNickname: security key of a user renamed
     changedUserAdminVerifiedStatusUnverified: mobile number of a user no longer trusted
     lightningloginenroll: user enrolled in Lightning Login
     lightninglogincancel: user left Lightning Login
     changedUserPhoneVerifiedStatusVerified: phone number of a user verified
     changedUserPhoneVerifiedStatusUnverified: phone number of a user no longer verified`,
  ),
  ...actions(
    'login-as',
    'high',
    `suOrgAdminLogin: administrator signed in as somebody else
     suNetworkAdminLogin: administrator signed in as a site's user
     suPRMAdminLogin: administrator signed in as a partner user
     suloginaccessused: granted login access used
     overridegrantaccessenabledoff: administrators' right to sign in as anybody switched on
     enableOverrideGrantAccessOffOn: administrators' right to sign in as anybody switched on
     loginasgrantedtopartnerbt: login access granted to a package's publisher`,
  ),
  ...actions(
    'login-as',
    'medium',
    `loginasgrantedtosfdc: login access granted to Salesforce
     loginasmodifiedtosfdc: login access of Salesforce changed
     loginasmodifiedtopartnerbt: login access of a package's publisher changed
     supportaccessadmins: support access changed`,
  ),
  ...actions(
    'login-as',
    'low',
    `suOrgAdminLogout: administrator signed out as somebody else
     suNetworkAdminLogout: administrator signed out as a site's user
     suPRMAdminLogout: administrator signed out as a partner user
     suLogout: granted login access ended
     loginasrevokedtosfdc: login access of Salesforce withdrawn
     loginasrevokedtopartnerbt: login access of a package's publisher withdrawn
     enableOverrideGrantAccessOnOff: administrators' right to sign in as anybody switched off`,
  ),
];
