import { auditFields, defineObject, field, idField, isDeletedField } from './catalog.ts';
import { holds } from './viewer.ts';

/** Fields and which of them can be filtered on: Object Reference, LoginHistory. */
const loginHistory = defineObject({
  name: 'LoginHistory',
  label: 'Login History',
  labelPlural: 'Login History',
  keyPrefix: '0Ya',
  ascendingBy: 'LoginTime',
  fields: [
    idField(),
    field('UserId', 'reference', 'FGS', { to: 'User', relationship: 'User' }),
    field('LoginTime', 'datetime', 'FS'),
    field('LoginType', 'picklist', 'FGS'),
    field('LoginSubType', 'picklist', 'FGNS'),
    field('SourceIp', 'string', 'FGNS', { length: 39, like: false }),
    field('ForwardedForIp', 'string', 'FGNS', { length: 256, since: 61 }),
    field('LoginUrl', 'string', 'FGNS'),
    field('AuthenticationServiceId', 'reference', 'FGNS', {
      to: 'AuthProvider',
      relationship: 'AuthenticationService',
    }),
    field('AuthMethodReference', 'string', 'FGNS', { since: 51 }),
    field('LoginGeoId', 'reference', 'FGNS', { to: 'LoginGeo', visible: (viewer) => holds(viewer, 'ManageUsers') }),
    field('TlsProtocol', 'picklist', 'FGNS'),
    field('CipherSuite', 'picklist', 'FGNS'),
    field('OptionsIsGet', 'boolean', 'F'),
    field('OptionsIsPost', 'boolean', 'F'),
    field('Browser', 'string', 'N'),
    field('Platform', 'string', 'N'),
    field('Status', 'string', 'N', { length: 128 }),
    field('Application', 'string', 'N'),
    field('ClientVersion', 'string', 'N'),
    field('ApiType', 'string', 'N'),
    field('ApiVersion', 'string', 'N', { length: 32 }),
    field('CountryIso', 'string', 'FGNS', { length: 2 }),
    field('NetworkId', 'reference', 'FGNS', { to: 'Network' }),
  ],
  rows: (viewer) => viewer.org.dataset.loginHistory(viewer.now),
  rowFilter: (viewer) => {
    if (holds(viewer, 'ManageUsers', 'MonitorLoginHistory')) return undefined;
    const { userId } = viewer.caller;
    return (row) => row['UserId'] === userId;
  },
});

const loginGeo = defineObject({
  name: 'LoginGeo',
  label: 'Login Geo Data',
  labelPlural: 'Login Geo Data',
  keyPrefix: '04F',
  ascendingBy: 'LoginTime',
  visible: (viewer) => holds(viewer, 'ManageUsers'),
  fields: [
    idField(),
    ...auditFields(),
    isDeletedField(),
    field('LoginTime', 'datetime', 'FS'),
    field('CountryIso', 'string', 'FGNS', { length: 10 }),
    field('Country', 'string', 'FGNS'),
    field('Latitude', 'double', 'FNS'),
    field('Longitude', 'double', 'FNS'),
    field('City', 'string', 'FGNS'),
    field('PostalCode', 'string', 'FGNS', { length: 20 }),
    field('Subdivision', 'string', 'FGNS'),
  ],
  rows: (viewer) => viewer.org.dataset.loginGeo(viewer.now),
});

export const loginObjects = [loginHistory, loginGeo];
