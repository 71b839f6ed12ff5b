import { ComponentError } from './metadata-file.ts';

const userLicenses: ReadonlySet<string> = new Set([
  'Salesforce',
  'Salesforce Platform',
  'Salesforce Integration',
  'Chatter Free',
  'Chatter External',
  'Identity',
  'Customer Community',
  'Partner Community',
]);

/** @throws ComponentError when no user licence of an org has that name */
export function assertUserLicense(name: string): void {
  if (!userLicenses.has(name)) {
    throw new ComponentError(`In field: userLicense - no UserLicense named ${name} found`);
  }
}
