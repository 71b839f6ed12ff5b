import type { Outcome } from '../prerequisites/report.ts';
import { badge } from './markdown.ts';
import { outcomeWord } from './titles.ts';

export function outcomeBadge(outcome: Outcome): string {
  return badge(outcome, outcomeWord(outcome));
}
