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
