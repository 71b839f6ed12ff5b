/** One thing that `prepare` does, in the order in which they are done. */
export const STEPS = [
  'session-ip-lock',
  'content-deliveries',
  'event-monitoring',
  'connector-profile',
  'create-content-deliveries',
  'login-hours',
  'least-privilege',
  'create-account',
  'unfreeze',
  'assign-profile',
  'crm-content-user',
  'language',
] as const;

export type StepId = (typeof STEPS)[number];

export interface PlannedStep {
  readonly id: StepId;
  readonly kind: 'deploy' | 'create' | 'assign' | 'set';
  /** What will be done: `deploy the profile “…”`. */
  readonly what: string;
  readonly why: string;
}

export interface DoneStep extends PlannedStep {
  /** `checked`: it would succeed; nothing was changed. */
  readonly state: 'done' | 'checked' | 'failed' | 'not reached';
  /** What came of it, in Salesforce's words where it refused. */
  readonly result: string;
}
