/** Standard profiles whose name in metadata is not the name that people see. */
const metadataNames: ReadonlyMap<string, string> = new Map([
  ['Contract Manager', 'ContractManager'],
  ['Marketing User', 'MarketingProfile'],
  ['Read Only', 'ReadOnly'],
  ['Solution Manager', 'SolutionManager'],
  ['Standard Platform User', 'StandardAul'],
  ['Standard User', 'Standard'],
  ['System Administrator', 'Admin'],
]);

/**
 * The full name of a profile in metadata: `Admin` for System Administrator, and anything but letters, digits, space,
 * `-`, `_` and `.` percent-encoded, as in `System Admin%28Without Super Access%29`.
 */
export function profileFullName(profile: { readonly name: string; readonly custom: boolean }): string {
  const name = profile.custom ? profile.name : (metadataNames.get(profile.name) ?? profile.name);
  return name.replace(/[^A-Za-z0-9 _.-]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

/** A full name as it is stored; text that is no valid encoding is taken as it stands. */
export function decodeFullName(fullName: string): string {
  try {
    return decodeURIComponent(fullName);
  } catch {
    return fullName;
  }
}
