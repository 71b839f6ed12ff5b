import { makeId } from '../../ids.ts';
import { dataCentres } from '../population/offices.ts';
import type { Location } from '../population/offices.ts';
import { DOMAIN } from '../population/company.ts';

/** A system that calls the org's APIs on a schedule, under a user of its own. */
export interface Integration {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly application: string;
  readonly connectedAppId: string;
  readonly loginType: 'Remote Access 2.0' | 'Other Apex API';
  readonly loginSubType: string | null;
  readonly apiType: string;
  readonly apiVersion: string;
  readonly clientName: string;
  readonly userAgent: string;
  readonly ip: string;
  readonly location: Location;
  /** Hours of the UTC day at which it signs in, and the minute. */
  readonly hours: readonly number[];
  readonly minute: number;
  readonly workdaysOnly: boolean;
  readonly api: 'REST' | 'SOAP' | 'Bulk';
  /** Calls a session, on average. */
  readonly calls: number;
}

const everyHour = Array.from({ length: 24 }, (_, hour) => hour);
const everyTwoHours = everyHour.filter((hour) => hour % 2 === 0);

/** The first one signs in at midnight to the second: rows on the edge of a day. */
export const integrations: readonly Integration[] = [
  {
    userId: makeId('005', 4_000_001),
    username: `erp.sync@${DOMAIN}`,
    name: 'ERP Sync',
    application: 'ERP Order Sync',
    connectedAppId: makeId('0H4', 101),
    loginType: 'Remote Access 2.0',
    loginSubType: 'OauthClientCredentials',
    apiType: 'N/A',
    apiVersion: 'N/A',
    clientName: 'erp-order-sync/4.2',
    userAgent: 'erp-order-sync/4.2 (java-http-client/21.0.4)',
    ip: '198.19.4.10',
    location: dataCentres.dublin,
    hours: everyHour,
    minute: 0,
    workdaysOnly: false,
    api: 'REST',
    calls: 4,
  },
  {
    userId: makeId('005', 4_000_002),
    username: `marketing.connector@${DOMAIN}`,
    name: 'Marketing Connector',
    application: 'Campaign Cloud Connector',
    connectedAppId: makeId('0H4', 102),
    loginType: 'Remote Access 2.0',
    loginSubType: 'OauthRefreshToken',
    apiType: 'N/A',
    apiVersion: 'N/A',
    clientName: 'CampaignCloud',
    userAgent: 'CampaignCloud/2026.3 python-requests/2.32.4',
    ip: '198.19.80.7',
    location: dataCentres.ashburn,
    hours: everyTwoHours,
    minute: 17,
    workdaysOnly: false,
    api: 'REST',
    calls: 5,
  },
  {
    userId: makeId('005', 4_000_003),
    username: `warehouse.loader@${DOMAIN}`,
    name: 'Warehouse Loader',
    application: 'Data Loader Bulk',
    connectedAppId: '',
    loginType: 'Other Apex API',
    loginSubType: null,
    apiType: 'SOAP Partner',
    apiVersion: '64.0',
    clientName: 'DataLoaderBulkBatch/64.1.0',
    userAgent: 'Java (Salesforce.com)',
    ip: '192.0.2.20',
    location: dataCentres.dublin,
    hours: [1, 13],
    minute: 30,
    workdaysOnly: false,
    api: 'Bulk',
    calls: 9,
  },
  {
    userId: makeId('005', 4_000_004),
    username: `backup@${DOMAIN}`,
    name: 'Nightly Backup',
    application: 'Vault Backup',
    connectedAppId: makeId('0H4', 104),
    loginType: 'Other Apex API',
    loginSubType: null,
    apiType: 'SOAP Enterprise',
    apiVersion: '58.0',
    clientName: 'VaultBackup/7',
    userAgent: 'VaultBackup/7 (gSOAP/2.8)',
    ip: '198.19.33.5',
    location: dataCentres.ashburn,
    hours: [2, 8, 14, 20],
    minute: 5,
    workdaysOnly: false,
    api: 'SOAP',
    calls: 14,
  },
  {
    userId: makeId('005', 4_000_005),
    username: `ci.deploy@${DOMAIN}`,
    name: 'CI Deployment',
    application: 'Salesforce CLI',
    connectedAppId: makeId('0H4', 105),
    loginType: 'Remote Access 2.0',
    loginSubType: 'OauthRefreshToken',
    apiType: 'N/A',
    apiVersion: 'N/A',
    clientName: 'sfdx toolbelt:',
    userAgent: 'sfdx toolbelt:',
    ip: '198.19.120.44',
    location: dataCentres.ashburn,
    hours: [7, 9, 11, 13, 15, 17],
    minute: 42,
    workdaysOnly: true,
    api: 'SOAP',
    calls: 5,
  },
];
