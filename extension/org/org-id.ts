const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18-character form of a Salesforce id; each group of five gets a character that tells its capitals. */
export function toId18(id: string): string {
  if (id.length !== 15) return id;
  const checks = [0, 5, 10].map((start) => {
    const capitals = [...id.slice(start, start + 5)].reduce(
      (bits, character, index) => (character >= 'A' && character <= 'Z' ? bits | (1 << index) : bits),
      0,
    );
    return ALPHABET.charAt(capitals);
  });
  return id + checks.join('');
}
