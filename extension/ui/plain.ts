/** Characters that are not seen, or turn the order of those that are: none may change what a person reads. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text on one line, with nothing in it that is not seen. */
export function line(text: string): string {
  // A ledger or a file may hold another type than is said.
  return String(text).replaceAll(/\s+/g, ' ').replaceAll(UNSEEN, '\ufffd');
}

/** Text of others for a label in which VS Code draws icons: `$(check)` stays text. */
export function label(text: string): string {
  return line(text).replaceAll('$(', '\\$(');
}

/**
 * Text for a notification, in which VS Code makes `[text](command:…)` a link that runs the command: what an org or a
 * file says is no link there.
 */
export function notice(text: string): string {
  return line(text).replaceAll(/\]\s*\(/g, '] (');
}
