/**
 * A word that every shell takes as it is: bash and zsh, PowerShell and cmd quote in three different ways, so that what
 * is quoted for one runs in another.
 */
const PLAIN = /^[A-Za-z0-9-][A-Za-z0-9_@+=:./-]*$/;

/** Whether a text can be put into any terminal as one word. */
export function isPlainWord(text: string): boolean {
  return PLAIN.test(text) && text.length <= 500;
}

/** Whether a text may stand as an alias, which no command takes for an option. */
export function isAlias(text: string): boolean {
  return isPlainWord(text) && /^[A-Za-z0-9][\w.-]*$/.test(text);
}

/**
 * The login command that an error's actions name, in words; undefined where there is none, or a word of it is not plain:
 * aliases, usernames and addresses come from files and orgs.
 */
export function loginWords(actions: readonly string[]): readonly string[] | undefined {
  const command = /\bsf org login web\b[^\r\n]*/.exec(actions.join('\n'))?.[0];
  const words = command?.split(' ').map((word) => word.replace(/^'([^']*)'$/, '$1'));
  return words?.every(isPlainWord) ? words : undefined;
}
