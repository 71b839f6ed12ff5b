import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { shippedQuery } from '../../extension/insights/queries.ts';
import { SETUP_FAMILIES } from '../../extension/insights/setup-families.ts';
import { insightViews } from '../../extension/insights/views.ts';
import type { PublishedUnit } from '../../extension/lake/worker.ts';
import { LakeFolder, objects } from '../lake/lake-folder.ts';
import { publishRecords } from './story.ts';

/** Action codes as public references record them, with what they do to an org. */
const RATED: Readonly<Record<string, 'high' | 'medium' | 'low' | 'unknown'>> = {
  insertAuthProvider: 'high',
  changeAuthProviderConsumerSecret: 'high',
  changeAuthProviderConsumerKey: 'high',
  addAuthProviderExecutionUser: 'high',
  disableRequireMfa: 'high',
  enableRequireMfa: 'low',
  relaxEmployeeIpRestrictionsForProfile: 'high',
  deletedLoginIpRange_withProfile: 'high',
  loginIpRange: 'high',
  profileLoginHoursChangedCustom: 'high',
  profileLoginHoursChangedStandard: 'high',
  updateLoginFlowProfile: 'high',
  samlSsoConfig_create: 'high',
  samlSsoConfig_signCert: 'high',
  samlSsoConfig_decryptionCertificate: 'high',
  eventLogGenerationEnabledOnOff: 'high',
  eventLogGenerationEnabledOffOn: 'low',
  transactionSecurityPolicyOnOff: 'high',
  transactionSecurityPolicyOffOn: 'low',
  mFADirectUILoginOptInOnOff: 'high',
  verifyOnEmailChangeOnOff: 'high',
  verifyOnEmailChangeOffOn: 'low',
  adminApprovedAppsOnlyOnOff: 'high',
  adminApprovedAppsOnlyOffOn: 'low',
  sessiontimeoutForProfile: 'high',
  insertCertificate: 'high',
  namedCredentialInsert: 'high',
  externalCredentialUpdate: 'high',
  insertConnectedApplication: 'high',
  PermSetAssign: 'high',
  PermSetUnassign: 'low',
  SetupEntityAccessAudit_PermissionSet_ApexClass_Disabled: 'low',
  createdCFCustom: 'low',
  changedCFOptionOnOff: 'low',
  accountlayout: 'low',
  changedFlexiPage: 'low',
  newValidation: 'low',
  createdworkflowrule: 'low',
  changedApexClass: 'medium',
  einsteinGPTPlatformEnabledOffOn: 'unknown',
  socialProfilesEnableOnOff: 'unknown',
  somethingThatSalesforceAddsNextYear: 'unknown',
};

describe('Setup changes', () => {
  let lake: LakeFolder;
  let units: PublishedUnit[];

  before(async () => {
    lake = await LakeFolder.make();
    const records = Object.keys(RATED).map((Action, index) => ({
      Id: `0Ym${String(index)}`,
      Action,
      CreatedDate: '2026-10-12T09:00:00.000+0000',
      CreatedById: '005000000000001AAA',
      Section: 'x',
    }));
    units = await publishRecords(lake, 'setup_audit_trail', 'CreatedDate', ['Id'], records);
  });
  after(() => lake[Symbol.asyncDispose]());

  const ask = async (sql: string) => objects(await lake.query(sql, units, insightViews));

  it('are rated as what they are; what is not known is not taken for harmless', async () => {
    const rows = await ask('SELECT action, severity, class, what FROM setup_changes');
    assert.deepEqual(Object.fromEntries(rows.map((row) => [row['action'], row['severity']])), RATED);
    for (const { action, severity, what } of rows) {
      assert.ok(typeof what === 'string' && what !== '', String(action));
      if (severity !== 'unknown') assert.notEqual(what, action);
    }
    // The name has the old state first.
    const switched = rows.find(({ action }) => action === 'einsteinGPTPlatformEnabledOffOn');
    assert.match(String(switched?.['what']), /switched on/);
  });

  it('that nobody knows are among the risky ones until somebody looks', async () => {
    const risky = await ask(shippedQuery('risky-setup-changes')?.sql ?? '');
    const expected = Object.entries(RATED).filter(([, severity]) => severity === 'high' || severity === 'unknown');
    assert.deepEqual(risky.map(({ action, severity }) => [action, severity]).toSorted(), expected.toSorted());
  });

  it('belong to families whose names are matched in linear time', () => {
    for (const { pattern } of SETUP_FAMILIES) assert.doesNotThrow(() => new RegExp(pattern, 'i'), pattern);
  });
});
