import { defineObject, field, idField, isDeletedField } from './catalog.ts';

const userLicense = defineObject({
  name: 'UserLicense',
  keyPrefix: '100',
  fields: [
    idField(),
    field('LicenseDefinitionKey', 'string', 'FGS', { length: 40 }),
    field('Name', 'string', 'FGS', { length: 40 }),
    field('MasterLabel', 'string', 'FGS', { length: 40 }),
    field('MonthlyLoginsEntitlement', 'int', 'FGNS'),
    field('MonthlyLoginsUsed', 'int', 'FGNS'),
    field('Status', 'picklist', 'FGNS', { picklist: ['Active', 'Disabled'] }),
    field('TotalLicenses', 'int', 'FGNS'),
    field('UsedLicenses', 'int', 'FGNS'),
    field('UsedLicensesLastUpdated', 'datetime', 'FNS'),
    field('CreatedDate', 'datetime', 'FS'),
    field('LastModifiedDate', 'datetime', 'FS'),
    field('SystemModstamp', 'datetime', 'FS'),
  ],
  rows: (viewer) => viewer.org.userLicenses,
});

const permissionSetLicense = defineObject({
  name: 'PermissionSetLicense',
  keyPrefix: '0PL',
  fields: [
    idField(),
    isDeletedField(),
    field('DeveloperName', 'string', 'FGS', { length: 80 }),
    field('Language', 'picklist', 'FGS'),
    field('MasterLabel', 'string', 'FGS', { length: 80 }),
    field('PermissionSetLicenseKey', 'string', 'FGS', { length: 40 }),
    field('TotalLicenses', 'int', 'FGS'),
    field('Status', 'picklist', 'FGNS', { picklist: ['Active', 'Disabled'] }),
    field('ExpirationDate', 'date', 'FGNS'),
    field('UsedLicenses', 'int', 'FGS'),
    field('CreatedDate', 'datetime', 'FS'),
    field('CreatedById', 'reference', 'FGNS', { to: 'User' }),
    field('LastModifiedDate', 'datetime', 'FS'),
    field('LastModifiedById', 'reference', 'FGNS', { to: 'User' }),
    field('SystemModstamp', 'datetime', 'FS'),
  ],
  rows: (viewer) => viewer.org.permissionSetLicenses,
});

export const licenseObjects = [userLicense, permissionSetLicense];
