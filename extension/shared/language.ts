import { config } from '@vscode/l10n';

/** The language of whoever reads what the engine says. */
export interface Language {
  /** A BCP 47 tag, by which numbers are written. */
  readonly tag: string;
  /** File with the translations; left out: English. */
  readonly bundle?: string;
}

let current: Language = { tag: 'en-US' };

/** Of this process; English until it is set, which is to happen before anything is said. */
export function setLanguage(language: Language): void {
  current = language;
  if (language.bundle !== undefined) config({ fsPath: language.bundle });
}

/** What another process is to be given, so that it speaks as this one does. */
export function language(): Language {
  return current;
}
