export type Outcome = 'pass' | 'fail' | 'warning' | 'unknown';

export interface PrerequisiteReport {
  /** Stable id, e.g. `permission-api-enabled`. */
  readonly id: string;
  readonly title: string;
  readonly outcome: Outcome;
  /** What Salesforce answered, in words a person can check. */
  readonly evidence: string;
  /** What to do, or null when nothing is to be done. */
  readonly remedy: string | null;
}

export interface VerifyReport {
  readonly org: { readonly orgId: string; readonly username: string; readonly instanceUrl: string };
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
    const text = piece.replace(/^[.,;:]?\s*/, '').replace(/[\s:]+$/, '');
    if (text === '') return [];
    return [{ command: false, text: index < pieces.length - 1 ? `${text}:` : text }];
  });
}
