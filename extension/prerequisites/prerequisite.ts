import type { Answers } from './answers.ts';
import type { Outcome } from './report.ts';

export interface Judgement {
  readonly outcome: Outcome;
  readonly evidence: string;
  readonly remedy: string | null;
}

/** One thing that must hold before events flow. `judge` is pure: answers in, judgement out. */
export interface Prerequisite {
  readonly id: string;
  readonly title: string;
  readonly judge: (answers: Answers) => Judgement;
}

export function pass(evidence: string): Judgement {
  return { outcome: 'pass', evidence, remedy: null };
}

export function fail(evidence: string, remedy: string): Judgement {
  return { outcome: 'fail', evidence, remedy };
}

export function warning(evidence: string, remedy: string): Judgement {
  return { outcome: 'warning', evidence, remedy };
}

export function unknown(evidence: string, remedy: string): Judgement {
  return { outcome: 'unknown', evidence, remedy };
}
