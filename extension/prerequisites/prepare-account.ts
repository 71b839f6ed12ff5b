import { t } from '@vscode/l10n';
import type { Door } from '../org/door.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { quoted } from '../sources/soql.ts';
import type { NewAccount } from './prepare-plan.ts';

type Fields = Readonly<Record<string, string | boolean>>;

/** The first record of a query; undefined when there is none. */
export async function firstRecord(
  door: Door,
  soql: string,
  purpose: string,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  for await (const { records } of door.query(soql, { purpose, ...(signal ? { signal } : {}) })) return records[0];
  return undefined;
}

export async function updateRecord(
  door: Door,
  object: string,
  id: string,
  fields: Fields,
  signal?: AbortSignal,
): Promise<void> {
  await door.text({
    method: 'PATCH',
    path: `/services/data/v{v}/sobjects/${object}/${id}`,
    body: JSON.stringify(fields),
    purpose: t('change {0}: {1}', object, Object.keys(fields).join(', ')),
    ...(signal ? { signal } : {}),
  });
}

/** @returns the Id of the new record */
export async function createRecord(door: Door, object: string, fields: Fields, signal?: AbortSignal): Promise<string> {
  const { body } = await door.json<{ id: string }>({
    method: 'POST',
    path: `/services/data/v{v}/sobjects/${object}`,
    body: JSON.stringify(fields),
    purpose: t('create {0}', object),
    ...(signal ? { signal } : {}),
  });
  return body.id;
}

/** Id of a profile. @throws OrgwatchError NOT_SUPPORTED_BY_ORG when the org has none of that name */
export async function profileId(door: Door, name: string, signal?: AbortSignal): Promise<string> {
  const soql = `SELECT Id FROM Profile WHERE Name = ${quoted(name)}`;
  const row = await firstRecord(door, soql, t('find the profile'), signal);
  if (row !== undefined) return String(row['Id']);
  throw new OrgwatchError('NOT_SUPPORTED_BY_ORG', t('The org has no profile “{0}”.', name));
}

/**
 * Makes the account: language, locale and time zone of the org, no password.
 * Source: Object Reference, User (required fields).
 * @returns its Id
 */
export async function createAccount(
  door: Door,
  account: NewAccount,
  more: Fields,
  signal?: AbortSignal,
): Promise<string> {
  const soql = 'SELECT LanguageLocaleKey, DefaultLocaleSidKey, TimeZoneSidKey FROM Organization';
  const organization = (await firstRecord(door, soql, t('ask for the language of the org'), signal)) ?? {};
  const text = (name: string, otherwise: string): string => {
    const value = organization[name];
    return typeof value === 'string' ? value : otherwise;
  };
  return createRecord(
    door,
    'User',
    {
      Username: account.username,
      Email: account.email,
      LastName: account.lastName,
      Alias: aliasOf(account.username),
      EmailEncodingKey: 'UTF-8',
      LanguageLocaleKey: text('LanguageLocaleKey', 'en_US'),
      LocaleSidKey: text('DefaultLocaleSidKey', 'en_US'),
      TimeZoneSidKey: text('TimeZoneSidKey', 'GMT'),
      ...more,
    },
    signal,
  );
}

/** Whether it looks like an e-mail address, as usernames do too. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}

/** A username for the account that Salesforce writes to about at `email`; unique among all orgs, so that it carries the org's id. */
export function usernameFor(email: string, orgId: string): string {
  return `orgwatch.${orgId.slice(0, 15).toLowerCase()}@${email.split('@')[1] ?? ''}`;
}

/** An alias has at most eight characters. */
function aliasOf(username: string): string {
  return username.replaceAll(/@.*$|[^A-Za-z0-9]/g, '').slice(0, 8) || 'orgwatch';
}
