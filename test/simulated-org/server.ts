import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Allocation } from './accounting/allocation.ts';
import { Traffic } from './accounting/traffic.ts';
import { AuditLog } from './audit-log.ts';
import { createControlServer } from './control.ts';
import { createDataset, createPopulation } from './data/index.ts';
import { Faults } from './http/faults.ts';
import { createOrgServer } from './http/serve.ts';
import { makeId } from './ids.ts';
import { createMetadataApi } from './metadata/index.ts';
import { ConnectedApps } from './oauth/connected-apps.ts';
import { Sessions } from './oauth/sessions.ts';
import type { Org } from './org.ts';
import { Locators } from './rest/locators.ts';
import { scenarioNamed, scenarios } from './scenarios.ts';
import { createOrgState } from './state.ts';

export interface SimulatedOrgOptions {
  /** Port of the org; 0 or nothing: any that is free. */
  readonly port?: number;
  readonly scenario: string;
  /** Same seed, same scale: same users, same events. Default 1. */
  readonly seed?: number;
  /** How often the sandbox was refreshed: each time it keeps its usernames and gets another organization id. Default 0. */
  readonly refreshed?: number;
  /** Multiplies users and events. Default 1. */
  readonly scale?: number;
  /** Milliseconds added to every request. Default 0. */
  readonly latency?: number;
}

export interface Account {
  readonly username: string;
  readonly accessToken: string;
  readonly userId: string;
  /** For the refresh_token flow. */
  readonly refreshToken: string;
}

/** What a client needs to know; `main.ts` prints it as its one line. */
export interface SimulatedOrgAddress {
  readonly instanceUrl: string;
  /** Of the service account. */
  readonly accessToken: string;
  readonly username: string;
  readonly orgId: string;
  readonly controlUrl: string;
  /** A System Administrator who can deploy. */
  readonly admin: Account;
  readonly service: Account;
  readonly jwt: { readonly clientId: string };
}

export interface SimulatedOrg extends SimulatedOrgAddress {
  /** Takes the org off the network: connections break in the middle of a body, new ones are refused. */
  readonly unplug: () => Promise<void>;
  /** Puts it back where it was. */
  readonly plugIn: () => Promise<void>;
  /** Ends both servers and every connection to them. */
  readonly close: () => Promise<void>;
}

/** Consumer key of the connected app that every simulated org has. */
const CLIENT_ID = '3MVG9.OrgwatchSimulated';

/**
 * Starts an org on the loopback interface, and its control server on another port.
 * @throws Error for an unknown scenario, or when the port is taken.
 */
export async function startSimulatedOrg(options: SimulatedOrgOptions): Promise<SimulatedOrg> {
  const { seed = 1, scale = 1, latency = 0, refreshed = 0 } = options;
  const scenario = scenarioNamed(options.scenario);
  const now = (): Date => new Date();
  const number = 1_000_000 * (1 + refreshed) + 64 * seed + [...scenarios.keys()].indexOf(scenario.name);
  const orgId = makeId('00D', number);
  const population = createPopulation({ seed, scale, scenario, orgId, now });
  const { adminUserId, serviceUserId } = population;
  const usernameSuffix = `${scenario.name === 'shield' ? '' : `.${scenario.name}`}${seed === 1 ? '' : `.seed${seed}`}`;
  const { users } = population;
  const state = createOrgState({ orgId, scenario, now, users, adminUserId, serviceUserId, usernameSuffix });
  const auditLog = new AuditLog(now);
  const connectedApps = new ConnectedApps(CLIENT_ID);
  const org: Org & { instanceUrl: string } = {
    instanceUrl: '',
    state,
    organization: population.organization,
    userLicenses: population.userLicenses,
    permissionSetLicenses: population.permissionSetLicenses,
    dataset: createDataset({ seed, scale, scenario, population, now }),
    auditLog,
    metadata: createMetadataApi(state, {
      onChange: (change) => auditLog.add(change),
      onExternalClientApp: (app) => connectedApps.register(app.consumerKey, app.certificate, app.profiles),
    }),
    sessions: new Sessions(orgId, seed),
    connectedApps,
    allocation: new Allocation(scenario.allocation, Math.round(scenario.allocation * scenario.usedShare), now),
    traffic: new Traffic(),
    faults: new Faults(),
    locators: new Locators(),
    latency,
  };
  const server = createOrgServer(org);
  const control = createControlServer(org);
  org.instanceUrl = await listen(server, options.port ?? 0);
  const controlUrl = await listen(control, 0).catch(async (error: unknown) => {
    await close(server);
    throw error;
  });
  const service = accountOf(org, serviceUserId);
  return {
    instanceUrl: org.instanceUrl,
    accessToken: service.accessToken,
    username: service.username,
    orgId,
    controlUrl,
    admin: accountOf(org, adminUserId),
    service,
    jwt: { clientId: CLIENT_ID },
    unplug: () => close(server),
    plugIn: async () => void (await listen(server, Number(new URL(org.instanceUrl).port))),
    close: async () => {
      await Promise.all([close(server), close(control)]);
    },
  };
}

function accountOf(org: Org, userId: string): Account {
  return {
    username: String(org.state.users.get(userId)?.['Username']),
    accessToken: org.sessions.issue(userId, 'console'),
    userId,
    refreshToken: org.sessions.refreshToken(userId),
  };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
