import type { Random } from '../random.ts';

/** What a person signs in with. */
export interface Client {
  readonly kind: 'browser' | 'mobile';
  readonly browser: string;
  readonly platform: string;
  readonly userAgent: string;
  readonly browserName: string;
  readonly browserVersion: string;
  readonly osName: string;
  readonly osVersion: string;
  readonly tls: 'TLS 1.2' | 'TLS 1.3';
  readonly cipher: string;
}

const TLS13 = { tls: 'TLS 1.3', cipher: 'TLS_AES_256_GCM_SHA384' } as const;
const TLS12 = { tls: 'TLS 1.2', cipher: 'ECDHE-RSA-AES256-GCM-SHA384' } as const;

const chromeWindows: Client = {
  kind: 'browser',
  browser: 'Chrome 142',
  platform: 'Windows 10',
  userAgent:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  browserName: 'CHROME',
  browserVersion: '142',
  osName: 'WINDOWS',
  osVersion: '10',
  ...TLS13,
};

const chromeMac: Client = {
  ...chromeWindows,
  platform: 'Mac OSX',
  userAgent:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  osName: 'OSX',
  osVersion: '10.15.7',
};

const edgeWindows: Client = {
  ...chromeWindows,
  browser: 'Edge 142',
  userAgent:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
  browserName: 'EDGE',
};

const firefoxLinux: Client = {
  ...chromeWindows,
  browser: 'Firefox 145',
  platform: 'Linux',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  browserName: 'FIREFOX',
  browserVersion: '145',
  osName: 'LINUX',
  osVersion: '',
};

const safariMac: Client = {
  ...chromeMac,
  browser: 'Safari 26.1',
  userAgent:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
  browserName: 'SAFARI',
  browserVersion: '26.1',
};

const salesforceForIos: Client = {
  kind: 'mobile',
  browser: 'Mobile Safari',
  platform: 'iPhone',
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  browserName: 'SAFARI',
  browserVersion: '18.6',
  osName: 'IOS',
  osVersion: '18.6',
  ...TLS12,
};

/** The intruder's browser: not one that anybody at the company uses. */
export const intruderClient: Client = {
  ...firefoxLinux,
  browser: 'Firefox 115',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0',
  browserVersion: '115',
  ...TLS12,
};

/** The one or two clients that a person uses, the usual one first. */
export function clientsOf(random: Random): Client[] {
  const desk = random.weighted([
    [chromeWindows, 46],
    [chromeMac, 24],
    [edgeWindows, 14],
    [safariMac, 10],
    [firefoxLinux, 6],
  ]);
  return random.chance(0.35) ? [desk, salesforceForIos] : [desk];
}
