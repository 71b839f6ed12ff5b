import { DAY } from '../data/time.ts';
import { makeId, numberFrom } from '../ids.ts';
import type { Row } from '../model.ts';
import { toSalesforceDate } from '../soql/dates.ts';
import { defineObject, field, idField } from './catalog.ts';
import { holds, type Viewer } from './viewer.ts';

/** Connected apps that are installed (Object Reference, ConnectedApplication); an app that is merely used is none. */
const connectedApplication = defineObject({
  name: 'ConnectedApplication',
  keyPrefix: '0H4',
  fields: [
    idField(),
    field('Name', 'string', 'FGS'),
    field('MobileSessionTimeout', 'picklist', 'FGNS'),
    field('MobileStartUrl', 'url', 'FNS'),
    field('OptionsAllowAdminApprovedUsersOnly', 'boolean', 'F'),
    field('OptionsHasSessionLevelPolicy', 'boolean', 'F'),
    field('OptionsRefreshTokenValidityMetric', 'boolean', 'F'),
    field('PinLength', 'picklist', 'FGNS'),
    field('RefreshTokenValidityPeriod', 'int', 'FGNS'),
    field('StartUrl', 'url', 'FNS'),
  ],
  rows: ({ org }) => org.state.installedApps.map((name) => connectedApplicationRow(name)),
});

/** Object Reference, OauthToken: Customize Application shows everybody's, else one's own; its Id is always null. */
const oauthToken = defineObject({
  name: 'OauthToken',
  labelPlural: 'OAuth Tokens',
  paging: { page: 500, query: 2500 },
  fields: [
    idField(),
    field('AccessToken', 'string', 'FGNS'),
    field('AppMenuItemId', 'reference', 'FGNS', { to: 'AppMenuItem', relationship: 'AppMenuItem' }),
    field('AppName', 'string', 'FGNS'),
    field('DeleteToken', 'string', 'FGNS'),
    field('LastUsedDate', 'datetime', 'FNS'),
    field('RequestToken', 'string', 'FGNS'),
    field('UseCount', 'int', 'FGNS'),
    field('UserId', 'reference', 'FGNS', { to: 'User' }),
    field('CreatedDate', 'datetime', 'FNS'),
  ],
  rows: oauthTokenRows,
  rowFilter: (viewer) => {
    if (holds(viewer, 'CustomizeApplication')) return undefined;
    const { userId } = viewer.caller;
    return (row) => row['UserId'] === userId;
  },
});

export const connectedAppObjects = [connectedApplication, oauthToken];

function connectedApplicationRow(name: string): Row {
  return {
    Id: makeId('0H4', numberFrom(name)),
    Name: name,
    MobileSessionTimeout: null,
    MobileStartUrl: null,
    OptionsAllowAdminApprovedUsersOnly: false,
    OptionsHasSessionLevelPolicy: false,
    OptionsRefreshTokenValidityMetric: false,
    PinLength: null,
    RefreshTokenValidityPeriod: null,
    StartUrl: null,
  };
}

/** Every second active user has authorized the CLI, every third a loader of data. */
function oauthTokenRows({ org, now }: Viewer): Row[] {
  const users = [...org.state.users.values()].filter((user) => user['IsActive'] === true);
  return users.flatMap((user, index) =>
    ['Salesforce CLI', 'Data Loader']
      .filter((_, app) => index % (app + 2) === 0)
      .map((name): Row => {
        const number = numberFrom(`${String(user['Id'])}/${name}`);
        return {
          Id: null,
          AccessToken: null,
          AppMenuItemId: null,
          AppName: name,
          DeleteToken: `delete-${number}`,
          LastUsedDate: toSalesforceDate(now.getTime() - (number % 20) * DAY),
          RequestToken: null,
          UseCount: (number % 90) + 1,
          UserId: user['Id'],
          CreatedDate: toSalesforceDate(now.getTime() - ((number % 200) + 20) * DAY),
        };
      }),
  );
}
