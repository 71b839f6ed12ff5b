import type { Reply } from './reply.ts';

/** An answer, and what the request was for the count. */
export interface Answered {
  readonly reply: Reply;
  readonly kind: string;
  readonly calls: number;
}
