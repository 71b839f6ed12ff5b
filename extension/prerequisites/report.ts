export type Outcome = 'pass' | 'fail' | 'warning' | 'unknown';

/** Who can put a thing right: an administrator of the org, Salesforce itself, or whoever runs Orgwatch. */
export type Who = 'administrator' | 'salesforce' | 'you';

/** A remedy taken apart. */
export interface Fix {
  readonly who: Who;
  /** Path in Setup, and its address in this org; null where Setup has no place for it. */
  readonly setup: string | null;
  readonly url: string | null;
  /** The command that does it; null where none can. */
  readonly command: string | null;
}

export interface PrerequisiteReport {
  /** Stable id, e.g. `permission-api-enabled`. */
  readonly id: string;
  readonly title: string;
  readonly outcome: Outcome;
  /** What Salesforce answered, in words a person can check. */
  readonly evidence: string;
  /** What to do, or null when nothing is to be done. */
  readonly remedy: string | null;
  /** The same for a program or a link; null when nothing is to be done. */
  readonly fix: Fix | null;
}

export interface VerifyReport {
  /** `username` is the account that was judged. */
  readonly org: { readonly orgId: string; readonly username: string; readonly instanceUrl: string };
  /** Whose login was used. */
  readonly askedBy: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** fail if any fails, else warning if any warns or is unknown, else pass. */
  readonly outcome: Outcome;
  readonly prerequisites: readonly PrerequisiteReport[];
}

/** Stands in the commands of remedies for an org alias under which sf is authorized as a System Administrator. */
export const ADMIN_ALIAS = 'ADMIN_ALIAS';

/** Whether a command of the report has to be run as an administrator. */
export function needsAdmin({ prerequisites }: VerifyReport): boolean {
  return prerequisites.some(({ remedy }) => remedy?.includes(ADMIN_ALIAS));
}

export interface RemedyPart {
  /** True for a command, false for a sentence. */
  readonly command: boolean;
  readonly text: string;
}

/** Takes a remedy apart, so that its commands (in backticks) can stand on lines of their own, whole and ready to copy. */
export function remedyParts(remedy: string): readonly RemedyPart[] {
  const pieces = remedy.split('`');
  return pieces.flatMap((piece, index): RemedyPart[] => {
    if (index % 2 === 1) return [{ command: true, text: piece }];
    const text = piece.replace(/^[.,;:。、]?\s*/, '').replace(/[\s:]+$/, '');
    if (text === '') return [];
    return [{ command: false, text: index < pieces.length - 1 ? `${text}:` : text }];
  });
}
