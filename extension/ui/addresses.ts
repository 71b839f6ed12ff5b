import { isPlainWord } from './terminal-words.ts';

/** Hosts of Salesforce's own: `mycompany.my.salesforce.com` and what is like it. */
const SALESFORCE = /(?:^|\.)(?:salesforce|force|cloudforce|salesforce-setup)\.(?:com|mil)$/;

/**
 * The origin of a login page, in plain characters; undefined for what is none.
 * @param typed by a person, or read from a login
 */
export function loginOrigin(typed: string): string | undefined {
  const url = URL.canParse(typed.trim()) ? new URL(typed.trim()) : undefined;
  if (url === undefined || !isPlainWord(url.origin)) return undefined;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)) ? url.origin : undefined;
}

/** The same for an address that a ledger or another file names: hosts of Salesforce's, and this machine, alone. */
export function knownLoginOrigin(read: string): string | undefined {
  const origin = loginOrigin(read);
  if (origin === undefined) return undefined;
  const url = new URL(origin);
  return isLoopback(url) || SALESFORCE.test(url.hostname) ? origin : undefined;
}

/**
 * An address of an org's Setup, or undefined for what is none: https, or this machine, and the host that sf has a login
 * for.
 */
export function setupAddress(url: string, instanceUrl: string): string | undefined {
  if (!URL.canParse(url) || loginOrigin(url) === undefined) return undefined;
  return loginOrigin(url) === loginOrigin(instanceUrl) ? new URL(url).href : undefined;
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === '127.0.0.1' || hostname === 'localhost';
}
