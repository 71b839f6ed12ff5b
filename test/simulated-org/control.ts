import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { permissionsOf } from './access.ts';
import type { FaultInput } from './http/faults.ts';
import { readRequest, type OrgRequest } from './http/request.ts';
import type { DatasetChange } from './model.ts';
import { findObject, rowsOf } from './objects/registry.ts';
import type { Viewer } from './objects/viewer.ts';
import type { Org } from './org.ts';

type Handler = (org: Org, request: OrgRequest) => unknown;

/** What tests and demo may do to the org from outside, on a port of its own so that it never mixes with org traffic. */
const handlers: Readonly<Record<string, Handler>> = {
  'GET /requests': (org) => org.traffic.report(),
  'POST /requests/reset': (org) => {
    org.traffic.reset();
    return {};
  },
  'GET /faults': (org) => org.faults.list(),
  'POST /faults': (org, request) => org.faults.arm(bodyOf<FaultInput>(request)),
  'DELETE /faults': (org) => {
    org.faults.clear();
    return {};
  },
  'POST /dataset': (org, request) => {
    org.dataset.change(bodyOf<DatasetChange>(request));
    return truth(org);
  },
  'GET /truth': truth,
  'GET /state': state,
  'GET /usage': usage,
  'POST /usage': (org, request) => {
    org.allocation.setUsed(Number(bodyOf<{ used: number }>(request).used));
    return usage(org);
  },
  'POST /expire-sessions': (org) => ({ expired: org.sessions.expireAll() }),
  'GET /connected-app': async (org) => ({
    clientId: org.connectedApps.defaultClientId,
    privateKey: await org.connectedApps.defaultPrivateKey(),
  }),
  'POST /install-app': (org, request) => {
    const { name } = bodyOf<{ name: string }>(request);
    org.state.installedApps.push(name);
    return { installed: org.state.installedApps };
  },
  'POST /connected-app': (org, request) => {
    const { clientId, publicKey } = bodyOf<{ clientId: string; publicKey: string }>(request);
    org.connectedApps.register(clientId, publicKey);
    return { clientId };
  },
};

/** The control server, not yet listening. Answers JSON; 400 with `{error}` for what it cannot do. */
export function createControlServer(org: Org): Server {
  return createServer((message, response) => {
    answer(org, message, response).catch(() => response.destroy());
  });
}

async function answer(org: Org, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = await readRequest(message);
  const handler = handlers[`${request.method} ${request.path}`];
  let status = 200;
  let result: unknown;
  try {
    if (handler === undefined) throw new Error(`There is: ${Object.keys(handlers).join(', ')}`);
    result = await handler(org, request);
  } catch (error) {
    status = handler === undefined ? 404 : 400;
    result = { error: error instanceof Error ? error.message : String(error) };
  }
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(result));
}

function bodyOf<T>(request: OrgRequest): T {
  return JSON.parse(request.body.toString('utf8')) as T;
}

/** What a perfect collector ends up with, counting what clients changed in Setup. */
function truth(org: Org): object {
  const counts = org.dataset.truth(org.state.now());
  return { ...counts, setup_audit_trail: counts.setup_audit_trail + org.auditLog.size, ...inventory(org) };
}

/** What a snapshot taken now by somebody who sees everything holds. */
function inventory(org: Org): object {
  const caller = { userId: org.state.adminUserId, permissions: new Set(org.state.knownPermissions), timeZone: 'UTC' };
  const viewer: Viewer = { org, caller, apiVersion: 66, now: org.state.now() };
  const count = (name: string): number => {
    const object = findObject(name, 'data', viewer);
    return object === undefined ? 0 : rowsOf(object, viewer).length;
  };
  const distributed = new Set(org.dataset.contentDistributions(viewer.now).map((row) => row['ContentDocumentId']));
  return {
    user_snapshot: count('User'),
    profile_snapshot: count('Profile'),
    permission_set_assignment_snapshot: count('PermissionSetAssignment'),
    oauth_token_snapshot: count('OauthToken'),
    connected_app_snapshot: count('ConnectedApplication'),
    content_document_link: org.dataset
      .contentDocumentLinks(viewer.now)
      .filter((row) => distributed.has(row['ContentDocumentId'])).length,
  };
}

function usage(org: Org): object {
  const { used, max, remaining } = org.allocation;
  return { used, max, remaining };
}

function state(org: Org): object {
  const { orgId, scenario, profiles, permissionSets, users, assignments, settings, serviceUserId } = org.state;
  const profileOf = (userId: string): unknown => profiles.get(String(users.get(userId)?.['ProfileId']))?.name;
  return {
    orgId,
    scenario,
    profiles: [...profiles.values()].map((each) => ({ ...each, permissions: [...each.permissions].sort() })),
    permissionSets: [...permissionSets.values()]
      .filter(({ profileId }) => profileId === null)
      .map((each) => ({ ...each, permissions: [...each.permissions].sort() })),
    assignments: [...assignments.values()],
    settings: Object.fromEntries(settings),
    serviceUser: { ...users.get(serviceUserId), ProfileName: profileOf(serviceUserId) },
    servicePermissions: [...permissionsOf(org.state, serviceUserId)].sort(),
    usage: usage(org),
  };
}
