import { t } from '@vscode/l10n';
import type { AsideItem } from '../lake/ledger-aside.ts';
import { utcMinute } from '../shared/utc.ts';
import { counted, sentences } from '../shared/wording.ts';
import type { SourceRun } from './source-run.ts';

type FileName = Pick<NonNullable<AsideItem['file']>, 'eventType' | 'eventDate' | 'salesforceId'>;

/** So many are told one by one. */
const SHOWN = 3;

/** Whether anything of a source is put aside, gone, lost, or on disk and not in the lake. */
export function isIncomplete({ parts, source, gone, lost, lostSpans, short, unpublished }: SourceRun): boolean {
  const toTell = gone + lost.length + lostSpans.length + short.length + unpublished.length;
  return toTell > 0 || parts.ledger.aside.of(source).length > 0;
}

/** What a source lacks, since when, why, and what was tried, for a person; empty when it lacks nothing. */
export function missingText({ parts, source, lost, lostSpans, short, unpublished, remarks }: SourceRun): string {
  const now = parts.clock.now();
  // Those that are due at once failed with all others, which has been told.
  const aside = parts.ledger.aside.of(source).filter(({ nextTry }) => nextTry > now);
  const texts = [...remarks];
  if (lost.length > 0) texts.push(lostText(lost, 'file'));
  if (lostSpans.length > 0) texts.push(lostText(lostSpans, 'span'));
  if (short.length > 0) texts.push(t('Not to be had from Salesforce: {0}.', some(short)));
  if (aside.length > 0) {
    const items = counted(aside.length, aside[0]?.file === null ? 'span' : 'file');
    texts.push(t('Put aside, as it keeps failing, and tried again later: {0}.', items));
    texts.push(...aside.slice(0, SHOWN).map(asideText));
  }
  if (unpublished.length > 0) {
    texts.push(t('On disk, but the lake could not take it; the next sync tries again: {0}.', some(unpublished)));
  }
  return sentences(...texts);
}

function lostText(names: readonly string[], noun: 'file' | 'span'): string {
  return t('Lost, as Salesforce no longer has what never came: {0} ({1}).', counted(names.length, noun), some(names));
}

/** What one item is, since when it fails, how often it was tried and why it failed. */
function asideText(item: AsideItem): string {
  return t(
    '{0}: since {1} UTC, {2}, the next after {3} UTC. {4}',
    nameOf(item),
    utcMinute(item.since),
    counted(item.tries, 'try'),
    utcMinute(item.nextTry),
    item.reason,
  );
}

/** `API, 2026-11-24 (0AT…)`, or the span of time. */
export function nameOf({ file, span }: AsideItem): string {
  if (file) return nameOfFile(file);
  const [from, to] = [span?.from ?? null, span?.to ?? null].map((time) => (time === null ? '…' : utcMinute(time)));
  return t('{0} to {1} UTC', from ?? '', to ?? '');
}

export function nameOfFile({ eventType, eventDate, salesforceId }: FileName): string {
  return t('{0}, {1} ({2})', eventType, eventDate, salesforceId);
}

function some(names: readonly string[]): string {
  const more = names.length - SHOWN;
  const shown = names.slice(0, SHOWN).join('; ');
  return more > 0 ? `${shown}; …` : shown;
}
