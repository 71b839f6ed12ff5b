import { t } from '@vscode/l10n';
import { DAY, HOUR, MINUTE } from '../shared/utc.ts';
import { MANAGE_USERS, MONITOR_LOGIN_HISTORY } from './needs.ts';
import { fields, type RecordSource } from './source.ts';

/**
 * Sign-ins. Object Reference, LoginHistory: has neither CreatedDate nor SystemModstamp, and Status, Browser, Platform,
 * Application cannot be filtered on. LoginGeo needs Manage Users, NetworkId an Experience Cloud site.
 */
export const loginHistory: RecordSource = {
  kind: 'records',
  name: 'login_history',
  title: 'Sign-ins',
  object: 'LoginHistory',
  timeField: 'LoginTime',
  key: ['Id'],
  fields: [
    ...fields('text', 'Id UserId'),
    ...fields('timestamp', 'LoginTime'),
    ...fields('text', 'LoginType LoginSubType SourceIp LoginUrl AuthenticationServiceId AuthMethodReference'),
    ...fields('text', 'TlsProtocol CipherSuite'),
    ...fields('boolean', 'OptionsIsGet OptionsIsPost'),
    ...fields('text', 'Browser Platform Status Application ClientVersion ApiType ApiVersion CountryIso ForwardedForIp'),
  ],
  optional: [
    {
      fields: [
        ...fields('text', 'LoginGeoId'),
        ...fields('double', 'LoginGeo.Latitude LoginGeo.Longitude'),
        ...fields('text', 'LoginGeo.City LoginGeo.Country LoginGeo.Subdivision LoginGeo.PostalCode'),
      ],
    },
    { fields: fields('text', 'NetworkId') },
  ],
  cadence: 15 * MINUTE,
  overlap: HOUR,
  backfill: 60 * DAY,
  withDeleted: false,
  kept: 180 * DAY,
  needs: [{ anyOf: [MANAGE_USERS, MONITOR_LOGIN_HISTORY], costs: () => t('sign-ins of other users') }],
  owner: 'UserId',
  whenEmpty: () => t('Nobody signed in.'),
};
