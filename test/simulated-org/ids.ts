const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18-character form of a Salesforce Id: three characters that say which of the fifteen are upper case. */
export function to18(id: string): string {
  if (id.length !== 15) return id;
  let suffix = '';
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let position = 0; position < 5; position++) {
      const character = id[block * 5 + position] as string;
      if (character >= 'A' && character <= 'Z') bits |= 1 << position;
    }
    suffix += CHECKSUM[bits] as string;
  }
  return id + suffix;
}

/** The 15-character, case-sensitive form. */
export function to15(id: string): string {
  return id.slice(0, 15);
}

/** True for text that Salesforce accepts as a record Id (15 or 18 letters and digits). */
export function isId(text: string): boolean {
  return /^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/.test(text);
}

/** An 18-character Id: three characters of key prefix, the instance, then `number` in base 62. */
export function makeId(keyPrefix: string, number: number): string {
  let rest = '';
  for (let value = number; rest.length < 9; value = Math.floor(value / 62))
    rest = (ALPHABET[value % 62] as string) + rest;
  return to18(`${keyPrefix}Hs0${rest}`);
}

/** A number below 2^48 that follows from `text` alone (FNV-1a in two halves), for Ids that must not depend on order. */
export function numberFrom(text: string): number {
  let high = 0x811c9dc5;
  let low = 0x01000193;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 0x01000193) >>> 0;
    low = Math.imul(low ^ (code + index), 0x85ebca6b) >>> 0;
  }
  return (high & 0xffff) * 0x100000000 + low;
}
