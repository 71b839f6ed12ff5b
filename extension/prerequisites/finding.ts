import type { Remedy } from './prerequisite.ts';

/** One thing about the account that is not as it should be. */
export interface Finding {
  readonly outcome: 'fail' | 'warning';
  readonly evidence: string;
  readonly remedy: Remedy;
}
