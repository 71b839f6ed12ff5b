import type { Answers } from './answers.ts';
import type { Place } from './places.ts';
import type { Outcome, Who } from './report.ts';

/** What puts a thing right: in words, and taken apart. */
export interface Remedy {
  /** Whole sentences, commands in backticks. */
  readonly text: string;
  readonly who: Who;
  /** Where in Setup. */
  readonly place?: Place;
  /** The command that does it. */
  readonly command?: string;
}

export interface Judgement {
  readonly outcome: Outcome;
  readonly evidence: string;
  readonly remedy: Remedy | null;
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

export function fail(evidence: string, remedy: Remedy): Judgement {
  return { outcome: 'fail', evidence, remedy };
}

export function warning(evidence: string, remedy: Remedy): Judgement {
  return { outcome: 'warning', evidence, remedy };
}

export function unknown(evidence: string, remedy: Remedy): Judgement {
  return { outcome: 'unknown', evidence, remedy };
}
