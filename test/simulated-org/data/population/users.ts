import { makeId } from '../../ids.ts';
import type { Row, Scenario } from '../../model.ts';
import { integrations } from '../sign-ins/integrations.ts';
import { restDate } from '../time.ts';
import { COMPANY, DOMAIN } from './company.ts';
import type { Person } from './roster.ts';

export const SYSTEM_USER_ID = makeId('005', 1);
export const SERVICE_USER_ID = makeId('005', 3_000_001);
const FOUNDED = Date.UTC(2021, 0, 4, 9);

interface UserInput {
  readonly id: string;
  readonly username: string;
  readonly firstName: string | null;
  readonly lastName: string;
  readonly name: string;
  readonly email: string;
  readonly profileName: string;
  readonly createdAt: number;
  readonly lastLoginAt: number | null;
  readonly language?: string;
  readonly locale?: string;
  readonly timeZone?: string;
  readonly city?: string;
  readonly country?: string;
  readonly title?: string;
  readonly active?: boolean;
  readonly userType?: string;
  readonly contentUser?: boolean;
}

/** A person's User row, with `ProfileName` in place of `ProfileId`. */
export function staffUser(person: Person, lastLoginAt: number | null): Row {
  return user({
    ...person,
    profileName: person.job === 'administrator' ? 'System Administrator' : 'Standard User',
    lastLoginAt,
    language: person.office.language,
    locale: person.office.locale,
    timeZone: person.office.timeZone,
    city: person.office.location.city,
    country: person.office.location.country,
    title: person.job,
    contentUser: person.index % 3 === 0,
  });
}

/** Integrations, the service account of the collector and the platform's own user. */
export function technicalUsers(
  scenario: Scenario,
  usernameSuffix: string,
  lastLoginOf: (userId: string) => number | null,
): Row[] {
  const automated = user({
    id: SYSTEM_USER_ID,
    username: `autoproc@00dhs0000000001${usernameSuffix}`,
    firstName: 'Automated',
    lastName: 'Process',
    name: 'Automated Process',
    email: `autoproc@${DOMAIN}`,
    profileName: 'Minimum Access - Salesforce',
    createdAt: FOUNDED,
    lastLoginAt: null,
    userType: 'AutomatedProcess',
  });
  const service = user({
    id: SERVICE_USER_ID,
    username: `event.connector@${DOMAIN}${usernameSuffix}`,
    firstName: 'Event',
    lastName: 'Connector',
    name: 'Event Connector',
    email: `security@${DOMAIN}`,
    profileName: 'Standard User',
    createdAt: FOUNDED,
    lastLoginAt: null,
    language: scenario.language,
    title: 'Service account',
    contentUser: scenario.prepared,
  });
  const callers = integrations.map((integration) => {
    const [first = '', ...rest] = integration.name.split(' ');
    return user({
      id: integration.userId,
      username: integration.username + usernameSuffix,
      firstName: first,
      lastName: rest.join(' '),
      name: integration.name,
      email: `integrations@${DOMAIN}`,
      profileName: 'Standard User',
      createdAt: FOUNDED,
      lastLoginAt: lastLoginOf(integration.userId),
      title: 'Integration',
    });
  });
  return [automated, service, ...callers];
}

function user(input: UserInput): Row {
  const created = restDate(input.createdAt);
  const mailbox = input.username.split('@')[0] ?? '';
  return {
    Id: input.id,
    Username: input.username,
    FirstName: input.firstName,
    LastName: input.lastName,
    MiddleName: null,
    Suffix: null,
    Name: input.name,
    Alias: mailbox.replaceAll('.', '').slice(0, 8),
    CommunityNickname: mailbox,
    Email: input.email,
    SenderEmail: null,
    SenderName: null,
    CompanyName: COMPANY,
    Division: null,
    Department: null,
    Title: input.title ?? null,
    Street: null,
    City: input.city ?? null,
    State: null,
    PostalCode: null,
    Country: input.country ?? null,
    Phone: null,
    MobilePhone: null,
    IsActive: input.active ?? true,
    UserRoleId: null,
    ProfileName: input.profileName,
    UserType: input.userType ?? 'Standard',
    EmployeeNumber: null,
    ManagerId: null,
    DelegatedApproverId: null,
    ContactId: null,
    AccountId: null,
    FederationIdentifier: null,
    IndividualId: null,
    TimeZoneSidKey: input.timeZone ?? 'Europe/Berlin',
    LocaleSidKey: input.locale ?? 'en_US',
    LanguageLocaleKey: input.language ?? 'en_US',
    EmailEncodingKey: 'UTF-8',
    ReceivesInfoEmails: false,
    ReceivesAdminInfoEmails: false,
    ForecastEnabled: false,
    HasUserVerifiedEmail: true,
    HasUserVerifiedPhone: false,
    NumberOfFailedLogins: 0,
    LastLoginDate: input.lastLoginAt === null ? null : restDate(input.lastLoginAt),
    LastPasswordChangeDate: created,
    PasswordExpirationDate: null,
    SuAccessExpirationDate: null,
    OfflineTrialExpirationDate: null,
    UserPermissionsMarketingUser: false,
    UserPermissionsOfflineUser: false,
    UserPermissionsCallCenterAutoLogin: false,
    UserPermissionsSFContentUser: input.contentUser ?? false,
    UserPermissionsInteractionUser: false,
    UserPermissionsKnowledgeUser: false,
    UserPermissionsSupportUser: false,
    UserPermissionsJigsawProspectingUser: false,
    UserPermissionsSiteforceContributorUser: false,
    UserPermissionsSiteforcePublisherUser: false,
    UserPermissionsWorkDotComUserFeature: false,
    UserPreferencesLightningExperiencePreferred: true,
    CreatedDate: created,
    CreatedById: SYSTEM_USER_ID,
    LastModifiedDate: created,
    LastModifiedById: SYSTEM_USER_ID,
    SystemModstamp: created,
    LastViewedDate: null,
    LastReferencedDate: null,
  };
}
