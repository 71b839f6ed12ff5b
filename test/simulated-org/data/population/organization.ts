import { makeId } from '../../ids.ts';
import type { Row, Scenario } from '../../model.ts';
import { restDate } from '../time.ts';
import { COMPANY } from './company.ts';

const FOUNDED = restDate(Date.UTC(2021, 0, 4, 9));

/** The Organization row. */
export function organizationRow(orgId: string, scenario: Scenario, adminUserId: string): Row {
  return {
    Id: orgId,
    Name: COMPANY,
    Division: null,
    Street: 'Sonnenstraße 12',
    City: 'München',
    State: null,
    PostalCode: '80331',
    Country: 'DE',
    Latitude: null,
    Longitude: null,
    GeocodeAccuracy: null,
    Phone: null,
    Fax: null,
    PrimaryContact: null,
    DefaultLocaleSidKey: 'de_DE',
    TimeZoneSidKey: 'Europe/Berlin',
    LanguageLocaleKey: 'en_US',
    ReceivesInfoEmails: false,
    ReceivesAdminInfoEmails: true,
    FiscalYearStartMonth: 1,
    UsesStartDateAsFiscalYearName: false,
    DefaultAccountAccess: 'None',
    DefaultContactAccess: 'ControlledByParent',
    DefaultOpportunityAccess: 'None',
    DefaultCampaignAccess: 'None',
    OrganizationType: scenario.edition,
    NamespacePrefix: null,
    InstanceName: 'EU42',
    IsSandbox: false,
    IsReadOnly: false,
    TrialExpirationDate: null,
    NumKnowledgeService: null,
    ComplianceBccEmail: null,
    UiSkin: 'Theme3',
    SignupCountryIsoCode: 'DE',
    MonthlyPageViewsUsed: null,
    MonthlyPageViewsEntitlement: null,
    CreatedDate: FOUNDED,
    CreatedById: adminUserId,
    LastModifiedDate: FOUNDED,
    LastModifiedById: adminUserId,
    SystemModstamp: FOUNDED,
  };
}

/** UserLicense rows; `staff` is how many Salesforce licences are in use. */
export function userLicenseRows(staff: number): Row[] {
  const licences = [
    ['Salesforce', 'SFDC', staff + 30, staff],
    ['Salesforce Platform', 'AUL', 20, 0],
    ['Salesforce Integration', 'PID_Salesforce_Integration', 5, 0],
    ['Chatter Free', 'CSN_User', 5_000, 0],
  ] as const;
  return licences.map(([label, key, total, used], index) => ({
    Id: makeId('100', 40 + index),
    Name: label,
    MasterLabel: label,
    LicenseDefinitionKey: key,
    Status: 'Active',
    TotalLicenses: total,
    UsedLicenses: used,
    UsedLicensesLastUpdated: null,
    MonthlyLoginsUsed: 0,
    MonthlyLoginsEntitlement: 0,
    ...stamps(),
  }));
}

export function permissionSetLicenseRows(): Row[] {
  const licences = [
    ['IdentityConnect', 'Identity Connect'],
    ['SalesConsoleUser', 'Sales Console User'],
    ['CRMUserPsl', 'CRM User'],
  ] as const;
  return licences.map(([name, label], index) => ({
    Id: makeId('0PL', 70 + index),
    DeveloperName: name,
    MasterLabel: label,
    Language: 'en_US',
    PermissionSetLicenseKey: name,
    Status: 'Active',
    TotalLicenses: 25,
    UsedLicenses: 0,
    ExpirationDate: null,
    IsDeleted: false,
    ...stamps(),
  }));
}

function stamps(): Row {
  return { CreatedDate: FOUNDED, LastModifiedDate: FOUNDED, SystemModstamp: FOUNDED };
}
