import { makeId } from '../ids.ts';
import type { OrgState } from '../model.ts';
import type { AppType, ExternalClientApp } from './app-types.ts';
import type { MetadataContent } from './metadata-file.ts';

export type ComponentType = 'Profile' | 'PermissionSet' | 'Settings' | AppType;

/** One thing that an administrator changed, as Setup Audit Trail tells it. */
export interface SetupChange {
  readonly action: string;
  readonly section: string;
  readonly display: string;
  readonly userId: string;
}

/** Who touched a component last, and when. */
export interface Stamp {
  readonly userId: string;
  readonly date: Date;
}

/** The org's state, and what the Metadata API knows beyond it. */
export interface MetadataStore {
  readonly state: OrgState;
  /** Elements of profiles and permission sets that the org's state has no place for (object permissions, login IP ranges …), by record Id. */
  readonly extras: Map<string, MetadataContent>;
  /** The settings elements that were deployed here, by type. */
  readonly deployedSettings: Map<string, MetadataContent>;
  /** The parts of External Client Apps, by `Type:fullName`. */
  readonly appParts: Map<string, { readonly id: string; readonly content: MetadataContent }>;
  /** Told of an External Client App that can be used, each time it changes. */
  readonly onApp: (app: ExternalClientApp) => void;
  /** Last changes through this API, by `Type:fullName`. */
  readonly stamps: Map<string, Stamp>;
  /** When the org was made: the date of whatever was never touched since. */
  readonly since: Date;
  /** A new record Id of that key prefix. */
  nextId(keyPrefix: string): string;
}

/** A store over the state of an org; Ids that it gives out follow from the order of calls alone. */
export function createStore(state: OrgState, onApp: (app: ExternalClientApp) => void = () => undefined): MetadataStore {
  let ids = 0;
  return {
    state,
    extras: initialExtras(state),
    deployedSettings: new Map(),
    appParts: new Map(),
    onApp,
    stamps: new Map(),
    since: state.now(),
    nextId: (keyPrefix) => makeId(keyPrefix, ++ids),
  };
}

/** The full name of a user, as `createdByName` and `lastModifiedByName` show it. */
export function userName(state: OrgState, userId: string): string {
  const user = state.users.get(userId);
  return String(user?.['Name'] ?? user?.['Username'] ?? '');
}

function initialExtras({ scenario, profiles }: OrgState): Map<string, MetadataContent> {
  const { loginHours, loginIpRanges } = scenario;
  const connector = [...profiles.values()].find((profile) => profile.custom);
  if (connector === undefined || (loginHours === undefined && loginIpRanges === undefined)) return new Map();
  const extras = {
    ...(loginHours === undefined ? {} : { loginHours }),
    ...(loginIpRanges === undefined ? {} : { loginIpRanges: [...loginIpRanges] }),
  };
  return new Map([[connector.id, extras]]);
}
