/** What to look for, and what stands in its place. */
export type Replacement = readonly [pattern: RegExp, name: string];

/** The `!` of a session id as it is, in an address, in JSON and in HTML. */
const MARK = String.raw`(?:!|%21|\\u0021|&#33;|&#x21;|&excl;)`;

/** Secrets that show by their form: session ids (organization id, exclamation mark, secret) and JWTs. */
export const TOKENS: readonly Replacement[] = [
  [new RegExp(String.raw`00D[A-Za-z0-9]{12,15}${MARK}[\w.%+/=-]+`, 'gi'), '<token>'],
  [/(?<![\w-])eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]+)?/g, '<token>'],
];

/** The text after one replacement after the other. */
export function replaced(text: string, replacements: readonly Replacement[]): string {
  return replacements.reduce((clean, [pattern, name]) => clean.replaceAll(pattern, name), text);
}

/** For use inside a regular expression: matches this very text. */
export function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
