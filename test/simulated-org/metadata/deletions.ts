import type { ManifestTypes } from './package-zip.ts';
import { findPermissionSet } from './permission-set.ts';
import type { Plan } from './plan.ts';
import { findProfile } from './profile.ts';
import type { MetadataStore } from './store.ts';

export interface Deletion {
  readonly fileName: string;
  readonly type: string;
  readonly fullName: string;
  /** Undefined when there is nothing of that name; a problem when it may not be deleted. */
  readonly plan:
    (Pick<Plan, 'changes' | 'commit'> & { readonly id: string }) | { readonly problem: string } | undefined;
}

/** What destructiveChanges*.xml would delete. Settings cannot be deleted. */
export function planDeletions(
  store: MetadataStore,
  manifests: readonly { readonly fileName: string; readonly types: readonly ManifestTypes[] }[],
): Deletion[] {
  return manifests.flatMap(({ fileName, types }) =>
    types.flatMap(({ name, members }) =>
      members.map((fullName) => ({ fileName, type: name, fullName, plan: planDeletion(store, name, fullName) })),
    ),
  );
}

function planDeletion(store: MetadataStore, type: string, fullName: string): Deletion['plan'] {
  if (type === 'Profile') return planProfileDeletion(store, fullName);
  if (type === 'PermissionSet') return planPermissionSetDeletion(store, fullName);
  return undefined;
}

function planProfileDeletion(store: MetadataStore, fullName: string): Deletion['plan'] {
  const { profiles, permissionSets, users } = store.state;
  const profile = findProfile(store, fullName);
  if (profile === undefined) return undefined;
  if (!profile.custom) return { problem: 'You cannot delete a standard profile.' };
  if ([...users.values()].some((user) => user['ProfileId'] === profile.id)) {
    return { problem: 'Your attempt to delete the profile could not be completed because it is assigned to users.' };
  }
  return {
    id: profile.id,
    changes: [{ action: 'profileDeleted', section: 'Manage Users', display: `Deleted profile ${profile.name}` }],
    commit() {
      profiles.delete(profile.id);
      store.extras.delete(profile.id);
      for (const [id, set] of permissionSets) if (set.profileId === profile.id) permissionSets.delete(id);
    },
  };
}

function planPermissionSetDeletion(store: MetadataStore, fullName: string): Deletion['plan'] {
  const { permissionSets, assignments } = store.state;
  const set = findPermissionSet(store, fullName);
  if (set === undefined) return undefined;
  if ([...assignments.values()].some((assignment) => assignment['PermissionSetId'] === set.id)) {
    return { problem: 'You cannot delete a permission set that is assigned to users.' };
  }
  return {
    id: set.id,
    changes: [{ action: 'PermSetDelete', section: 'Manage Users', display: `Deleted permission set ${set.label}` }],
    commit() {
      permissionSets.delete(set.id);
      store.extras.delete(set.id);
    },
  };
}
