import { isAppType } from './app-types.ts';
import { appPartContent, appPartNames, findAppPart } from './external-client-app.ts';
import { profileFullName } from './full-name.ts';
import type { MetadataContent } from './metadata-file.ts';
import { settingsTypes } from './metadata-types.ts';
import { componentTypes } from './package-zip.ts';
import { findPermissionSet, ownPermissionSets, permissionSetContent } from './permission-set.ts';
import { findProfile, profileContent } from './profile.ts';
import { retrievedSettings, settingsContent } from './settings.ts';
import { userName, type ComponentType, type MetadataStore } from './store.ts';
import { decodeFullName } from './full-name.ts';
import type { XmlObject } from './xml.ts';

/** One component that the org has. */
export interface Component {
  readonly type: ComponentType;
  readonly fullName: string;
  /** Record Id; empty for settings. */
  readonly id: string;
  /** Element name of the file's root, which for settings differs from the type. */
  readonly root: string;
  /** Content as readMetadata gives it. */
  read(): MetadataContent;
  /** Content as retrieve puts it in its zip. */
  retrieve(): MetadataContent;
}

/** Every component of a type, by full name. */
export function listComponents(store: MetadataStore, type: ComponentType): Component[] {
  return namesOf(store, type)
    .sort()
    .flatMap((fullName) => findComponent(store, type, fullName) ?? []);
}

function namesOf(store: MetadataStore, type: ComponentType): string[] {
  if (type === 'Profile') return [...store.state.profiles.values()].map(profileFullName);
  if (type === 'PermissionSet') return ownPermissionSets(store).map((set) => set.name);
  if (isAppType(type)) return appPartNames(store, type);
  return [...settingsTypes.keys()];
}

/** The component of that type and full name. */
export function findComponent(store: MetadataStore, type: ComponentType, fullName: string): Component | undefined {
  if (type === 'Profile') {
    const profile = findProfile(store, fullName);
    if (profile === undefined) return undefined;
    const read = (): MetadataContent => profileContent(store, profile);
    return { type, fullName: profileFullName(profile), id: profile.id, root: type, read, retrieve: read };
  }
  if (type === 'PermissionSet') {
    const set = findPermissionSet(store, fullName);
    if (set === undefined) return undefined;
    const read = (): MetadataContent => permissionSetContent(store, set);
    return { type, fullName: set.name, id: set.id, root: type, read, retrieve: read };
  }
  if (isAppType(type)) {
    const part = findAppPart(store, type, fullName);
    if (part === undefined) return undefined;
    const read = (): MetadataContent => appPartContent(store, type, fullName);
    return { type, fullName, id: part.id, root: type, read, retrieve: read };
  }
  const settings = settingsTypes.get(fullName);
  if (settings === undefined) return undefined;
  return {
    type,
    fullName,
    id: '',
    root: settings.name,
    read: () => settingsContent(store, fullName),
    retrieve: () => retrievedSettings(store, fullName),
  };
}

/** Path in a package: `profiles/X.profile`. */
export function pathOf(component: Pick<Component, 'type' | 'fullName'>): string {
  const { folder, suffix } = componentTypes.find(
    ({ type }) => type === component.type,
  ) as (typeof componentTypes)[number];
  return `${folder}/${component.fullName}.${suffix}`;
}

/** FileProperties of the Metadata WSDL, in its order. */
export function fileProperties(store: MetadataStore, component: Component, folder = ''): XmlObject {
  const stamp = store.stamps.get(`${component.type}:${decodeFullName(component.fullName)}`);
  const touched = stamp ?? { userId: store.state.adminUserId, date: store.since };
  return {
    createdById: store.state.adminUserId,
    createdByName: userName(store.state, store.state.adminUserId),
    createdDate: (component.id === '' ? store.since : touched.date).toISOString(),
    fileName: `${folder}${pathOf(component)}`,
    fullName: component.fullName,
    id: component.id,
    lastModifiedById: touched.userId,
    lastModifiedByName: userName(store.state, touched.userId),
    lastModifiedDate: touched.date.toISOString(),
    type: component.type,
  };
}
