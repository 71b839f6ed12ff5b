import { makeId } from '../../ids.ts';
import type { Row } from '../../model.ts';
import { restDate } from '../time.ts';
import { outcomes } from './sign-in.ts';
import type { SignIn } from './sign-in.ts';

/** A LoginHistory row; `number` is unique to the sign-in. */
export function loginHistoryRow(signIn: SignIn, number: number): Row {
  return {
    Id: makeId('0Ya', number),
    UserId: signIn.userId,
    LoginTime: restDate(signIn.at),
    LoginType: signIn.loginType,
    LoginSubType: signIn.loginSubType,
    SourceIp: signIn.ip,
    ForwardedForIp: signIn.forwardedFor,
    LoginUrl: signIn.loginUrl,
    AuthenticationServiceId: signIn.loginType === 'SAML Sfdc Initiated SSO' ? SAML_CONFIG_ID : null,
    AuthMethodReference: null,
    LoginGeoId: makeId('04F', number),
    TlsProtocol: signIn.tls,
    CipherSuite: signIn.cipher,
    OptionsIsGet: false,
    OptionsIsPost: true,
    Browser: signIn.browser,
    Platform: signIn.platform,
    Status: outcomes[signIn.outcome].status,
    Application: signIn.application,
    ClientVersion: 'N/A',
    ApiType: signIn.apiType,
    ApiVersion: signIn.apiVersion,
    CountryIso: signIn.location.countryIso,
    NetworkId: null,
  };
}

/** The LoginGeo row that {@link loginHistoryRow} of the same number points at. */
export function loginGeoRow(signIn: SignIn, number: number, systemUserId: string): Row {
  const time = restDate(signIn.at);
  const { location } = signIn;
  return {
    Id: makeId('04F', number),
    LoginTime: time,
    CountryIso: location.countryIso,
    Country: location.country,
    Latitude: location.latitude,
    Longitude: location.longitude,
    City: location.city,
    PostalCode: location.postalCode,
    Subdivision: location.subdivision,
    CreatedDate: time,
    CreatedById: systemUserId,
    LastModifiedDate: time,
    LastModifiedById: systemUserId,
    SystemModstamp: time,
    IsDeleted: false,
  };
}

const SAML_CONFIG_ID = makeId('0LE', 11);
