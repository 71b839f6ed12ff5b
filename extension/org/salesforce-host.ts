import { isLoopback } from './loopback.ts';

/** Domains whose hosts are Salesforce's; @salesforce/core goes by the same (SfdcUrl.isSalesforceDomain). */
const DOMAINS: readonly string[] = [
  'salesforce.com',
  'force.com',
  'cloudforce.com',
  'salesforce.mil',
  'crmforce.mil',
  'sfcrmproducts.cn',
];

/** Whether a token of an org at one address may be sent to another: to hosts of Salesforce's; on this machine, for tests. */
export function mayFollow(from: string, to: string): boolean {
  if (!URL.canParse(to) || !URL.canParse(from)) return false;
  const url = new URL(to);
  if (isLoginHost(to)) return false;
  if (url.username !== '' || url.password !== '') return false;
  if (isLoopback(url.hostname)) return isLoopback(new URL(from).hostname);
  if (url.protocol !== 'https:' || (url.port !== '' && url.port !== '443')) return false;
  return DOMAINS.some((domain) => url.hostname.endsWith(`.${domain}`));
}

/** Hosts that any user logs in at; no org's data is there. */
export function isLoginHost(address: string): boolean {
  return URL.canParse(address) && /^(?:login|test)\.salesforce\.com$/i.test(new URL(address).hostname);
}
