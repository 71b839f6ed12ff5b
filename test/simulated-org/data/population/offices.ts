/** Where an address is, as Salesforce's geolocation tells it. */
export interface Location {
  readonly countryIso: string;
  readonly country: string;
  readonly city: string;
  readonly subdivision: string | null;
  readonly postalCode: string | null;
  readonly latitude: number;
  readonly longitude: number;
}

export interface Office {
  readonly name: string;
  readonly timeZone: string;
  readonly language: string;
  readonly locale: string;
  readonly location: Location;
  /** First three numbers of the office's /24; hosts leave through `firstHost` to `firstHost + 5`. */
  readonly network: string;
  readonly firstHost: number;
  /** Share of the staff. */
  readonly weight: number;
}

export const offices: readonly Office[] = [
  {
    name: 'München',
    timeZone: 'Europe/Berlin',
    language: 'de',
    locale: 'de_DE',
    location: {
      countryIso: 'DE',
      country: 'Germany',
      city: 'Munich',
      subdivision: 'Bavaria',
      postalCode: '80331',
      latitude: 48.1374,
      longitude: 11.5755,
    },
    network: '192.0.2',
    firstHost: 17,
    weight: 38,
  },
  {
    name: 'Denver',
    timeZone: 'America/Denver',
    language: 'en_US',
    locale: 'en_US',
    location: {
      countryIso: 'US',
      country: 'United States',
      city: 'Denver',
      subdivision: 'Colorado',
      postalCode: '80202',
      latitude: 39.7525,
      longitude: -104.9995,
    },
    network: '192.0.2',
    firstHost: 129,
    weight: 28,
  },
  {
    name: 'London',
    timeZone: 'Europe/London',
    language: 'en_US',
    locale: 'en_GB',
    location: {
      countryIso: 'GB',
      country: 'United Kingdom',
      city: 'London',
      subdivision: 'England',
      postalCode: 'EC1A',
      latitude: 51.5202,
      longitude: -0.0977,
    },
    network: '198.51.100',
    firstHost: 33,
    weight: 18,
  },
  {
    name: '東京',
    timeZone: 'Asia/Tokyo',
    language: 'ja',
    locale: 'ja_JP',
    location: {
      countryIso: 'JP',
      country: 'Japan',
      city: 'Tokyo',
      subdivision: 'Tokyo',
      postalCode: '100-0005',
      latitude: 35.6812,
      longitude: 139.7671,
    },
    network: '198.51.100',
    firstHost: 161,
    weight: 16,
  },
];

/** The company's VPN leaves through Frankfurt whatever the country its user is in. */
export const vpnExit = {
  network: '203.0.113',
  firstHost: 9,
  location: {
    countryIso: 'DE',
    country: 'Germany',
    city: 'Frankfurt am Main',
    subdivision: 'Hesse',
    postalCode: '60313',
    latitude: 50.1155,
    longitude: 8.6842,
  },
} as const;

/** Data centres that integrations call from. */
export const dataCentres = {
  dublin: {
    countryIso: 'IE',
    country: 'Ireland',
    city: 'Dublin',
    subdivision: 'Leinster',
    postalCode: null,
    latitude: 53.3379,
    longitude: -6.2591,
  },
  ashburn: {
    countryIso: 'US',
    country: 'United States',
    city: 'Ashburn',
    subdivision: 'Virginia',
    postalCode: '20149',
    latitude: 39.0469,
    longitude: -77.4903,
  },
} as const satisfies Record<string, Location>;

/** Where the attackers sit: one sprays passwords, one uses an account that was taken over. */
export const attackers = {
  sprayer: {
    ip: '203.0.113.66',
    location: {
      countryIso: 'NL',
      country: 'Netherlands',
      city: 'Amsterdam',
      subdivision: 'North Holland',
      postalCode: '1012',
      latitude: 52.3716,
      longitude: 4.8883,
    },
  },
  intruder: {
    ip: '203.0.113.201',
    location: {
      countryIso: 'VN',
      country: 'Vietnam',
      city: 'Hanoi',
      subdivision: 'Hà Nội',
      postalCode: null,
      latitude: 21.0184,
      longitude: 105.8461,
    },
  },
} as const satisfies Record<string, { ip: string; location: Location }>;
