import type { OrgState } from '../model.ts';
import type { SoapReply } from './envelope.ts';
import type { ExternalClientApp } from './app-types.ts';
import { createDeployJobs } from './jobs.ts';
import { answerRest, type RestCall, type RestReply } from './rest.ts';
import { createRetrieveJobs } from './retrieve.ts';
import { answerSoap } from './soap.ts';
import { createStore, type SetupChange } from './store.ts';

export type { SetupChange } from './store.ts';
export type { RestCall, RestReply } from './rest.ts';
export type { SoapReply } from './envelope.ts';

/** Whoever calls: the server has checked the session. */
export interface MetadataUser {
  readonly userId: string;
  /** Effective permissions, API names. */
  readonly permissions: ReadonlySet<string>;
}

export interface MetadataApi {
  /** `POST /services/Soap/m/<version>`: one envelope in, one envelope out; faults have status 500. */
  soap(envelope: string, user: MetadataUser, options?: { readonly apiVersion?: string | number }): Promise<SoapReply>;
  /** `/services/data/v<version>/metadata/deployRequest[/<id>]`. */
  rest(call: RestCall, user: MetadataUser): Promise<RestReply>;
}

export interface MetadataApiOptions {
  /** Told of every change that a deploy made, in order, for Setup Audit Trail. */
  readonly onChange?: (change: SetupChange) => void;
  /** Told of each External Client App that was deployed and has a certificate. */
  readonly onExternalClientApp?: (app: ExternalClientApp) => void;
}

/** The version that a call without one is taken for. */
const DEFAULT_API_VERSION = 66;

/**
 * The Metadata API of a simulated org: deploys change its state, reads and retrieves follow from it. Knows the types
 * Profile, PermissionSet, Settings (Content, Event, Security) and those of an External Client App with OAuth.
 */
export function createMetadataApi(state: OrgState, options: MetadataApiOptions = {}): MetadataApi {
  const store = createStore(state, options.onExternalClientApp);
  const deploys = createDeployJobs(store, options.onChange ?? (() => undefined));
  const retrieves = createRetrieveJobs(store);
  const mayUse = (user: MetadataUser): boolean =>
    user.permissions.has('ModifyMetadata') || user.permissions.has('ModifyAllData');
  return {
    soap: async (envelope, user, { apiVersion = DEFAULT_API_VERSION } = {}) =>
      answerSoap(
        envelope,
        { store, deploys, retrieves, userId: user.userId, apiVersion: Number(apiVersion) },
        mayUse(user),
      ),
    rest: async (call, user) => answerRest(call, { deploys, userId: user.userId, mayUse: mayUse(user) }),
  };
}
