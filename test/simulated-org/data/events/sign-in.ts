import { to15 } from '../../ids.ts';
import { outcomes, succeeded } from '../sign-ins/sign-in.ts';
import { DAY, logTimestampDerived } from '../time.ts';
import { columns, requestColumns } from './event-type.ts';
import type { Column, EventType } from './event-type.ts';
import { Recorder } from './recorder.ts';

const loginTypes: Readonly<Record<string, string>> = {
  Application: 'A',
  'Remote Access 2.0': 'i',
  'SAML Sfdc Initiated SSO': '8',
  'Other Apex API': 'I',
};

const apiTypes: Readonly<Record<string, string>> = { 'SOAP Partner': 'P', 'SOAP Enterprise': 'E' };

const loginColumns = columns(`
  EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID:Id USER_ID:Id RUN_TIME:Number CPU_TIME:Number URI SESSION_KEY
  LOGIN_KEY USER_TYPE REQUEST_STATUS DB_TOTAL_TIME:Number LOGIN_TYPE BROWSER_TYPE API_TYPE API_VERSION USER_NAME
  TLS_PROTOCOL CIPHER_SUITE AUTHENTICATION_METHOD_REFERENCE LOGIN_SUB_TYPE TIMESTAMP_DERIVED:DateTime
  USER_ID_DERIVED:Id CLIENT_IP URI_ID_DERIVED:Id LOGIN_STATUS SOURCE_IP:IP`);
const loginColumnsSince61 = [...loginColumns, ...columns('FORWARDED_FOR_IP COUNTRY_CODE LOGIN_URL HTTP_REFERER')];

export const login: EventType = {
  name: 'Login',
  free: true,
  columns: (release) => (release % 2 === 0 ? loginColumns : loginColumnsSince61),
  events(day) {
    const recorder = new Recorder(day, 'Login');
    const { random } = recorder;
    for (const signIn of day.signIns) {
      const onTheEdge = signIn.at === day.start;
      const at = onTheEdge ? signIn.at : signIn.at + random.between(0, 999);
      const oauth = signIn.loginType === 'Remote Access 2.0';
      recorder.add(at, signIn, {
        TIMESTAMP_DERIVED: logTimestampDerived(random.chance(0.3) && !onTheEdge ? Math.max(at - 49, signIn.at) : at),
        URI: oauth ? '/services/oauth2/token' : signIn.kind === 'api' ? 'Api' : '/index.jsp',
        SESSION_KEY: '',
        LOGIN_KEY: succeeded(signIn) ? signIn.loginKey : '',
        REQUEST_STATUS: '',
        LOGIN_TYPE: loginTypes[signIn.loginType] ?? '',
        BROWSER_TYPE: signIn.userAgent,
        API_TYPE: apiTypes[signIn.apiType] ?? '',
        API_VERSION: signIn.apiVersion === 'N/A' ? '9998.0' : signIn.apiVersion,
        USER_NAME: signIn.username,
        TLS_PROTOCOL: signIn.tls.replace('TLS ', 'TLSv'),
        CIPHER_SUITE: signIn.cipher,
        LOGIN_SUB_TYPE: signIn.loginSubType ?? '',
        CLIENT_IP: oauth && random.chance(0.15) ? 'Salesforce.com IP' : signIn.ip,
        LOGIN_STATUS: outcomes[signIn.outcome].code,
        SOURCE_IP: signIn.ip,
        FORWARDED_FOR_IP: signIn.forwardedFor ?? '',
        COUNTRY_CODE: signIn.location.countryIso,
        LOGIN_URL: signIn.loginUrl,
      });
    }
    return recorder.events;
  },
};

const MERGED_HEADER = 'API_VERSION,USER_INITIATED_LOGOUT';

/** Two header cells run together in real files of this type: one column whose name holds a comma. */
const logoutColumns: readonly Column[] = [
  ...columns(`
    EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID:Id USER_ID:Id USER_TYPE SESSION_TYPE SESSION_LEVEL BROWSER_TYPE
    PLATFORM_TYPE:Number RESOLUTION_TYPE:Number APP_TYPE:Number CLIENT_VERSION:Number API_TYPE`),
  { name: MERGED_HEADER, type: 'Boolean' },
  ...columns('SESSION_KEY LOGIN_KEY TIMESTAMP_DERIVED:DateTime USER_ID_DERIVED:Id CLIENT_IP'),
];

const platformTypes: Readonly<Record<string, string>> = {
  'Windows 10': '1015',
  'Mac OSX': '2003',
  Linux: '4000',
  iPhone: '5006',
};

export const logout: EventType = {
  name: 'Logout',
  free: true,
  columns: () => logoutColumns,
  events(day) {
    const recorder = new Recorder(day, 'Logout');
    const { random } = recorder;
    for (const session of day.sessions) {
      const stays = !random.chance(0.55) && session !== day.sessions[0];
      if (stays || session.until >= day.start + DAY - 1_000) continue;
      const byUser = random.chance(0.4);
      const at = session.until + random.between(0, 999);
      recorder.add(at, session, {
        TIMESTAMP_DERIVED: logTimestampDerived(random.chance(0.3) ? at + 45 : at),
        USER_TYPE: 'Standard(db=S,api=Standard)',
        SESSION_TYPE: session.kind === 'mobile' ? 'Oauth2' : 'UI',
        SESSION_LEVEL:
          session.person?.singleSignOn === true
            ? 'HIGH_ASSURANCE(db=10,api=HIGH_ASSURANCE)'
            : 'STANDARD(db=1,api=STANDARD)',
        BROWSER_TYPE: session.userAgent,
        PLATFORM_TYPE: byUser ? (platformTypes[session.platform] ?? '') : '',
        RESOLUTION_TYPE: byUser ? '9999' : '',
        APP_TYPE: session.kind === 'mobile' ? '2514' : '1000',
        CLIENT_VERSION: '9998.0',
        [MERGED_HEADER]: byUser ? '1' : '0',
      });
    }
    return recorder.events;
  },
};

const loginAsColumns = requestColumns('DELEGATED_USER_ID:Id DELEGATED_USER_NAME DELEGATED_USER_ID_DERIVED:Id');

/** One session of an administrator as somebody else writes several rows within seconds, under two session keys. */
export const loginAs: EventType = {
  name: 'LoginAs',
  free: false,
  columns: () => loginAsColumns,
  events(day) {
    const recorder = new Recorder(day, 'LoginAs');
    const { random } = recorder;
    for (const change of day.setupChanges) {
      if (change.action !== 'suOrgAdminLogin' || change.actor === undefined) continue;
      const loginKey = random.text(16);
      const keys = [random.text(16), random.text(16)];
      const ip = `${change.actor.office.network}.${change.actor.office.firstHost}`;
      for (let number = 0; number < random.between(3, 5); number++) {
        const sessionKey = keys[Math.min(1, number >> 1)] ?? '';
        recorder.add(
          change.at + number * 610,
          { userId: change.subject.id, ip, loginKey, sessionKey },
          {
            URI: number === 0 ? '/servlet/servlet.su' : '/home/home.jsp',
            DELEGATED_USER_ID: to15(change.actor.id),
            DELEGATED_USER_ID_DERIVED: change.actor.id,
            DELEGATED_USER_NAME: change.actor.username,
          },
        );
      }
    }
    return recorder.events;
  },
};
