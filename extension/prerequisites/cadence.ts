import { DAY } from '../shared/utc.ts';
import { SOURCES } from '../sources/registry.ts';
import { valueOf, type Answers } from './answers.ts';

/** Records that Salesforce gives with one call. */
const PAGE = 2000;

export interface DailyCost {
  readonly source: string;
  /** Calls a day. */
  readonly calls: number;
}

/**
 * What Sync at the cadences of its sources costs this org a day, in calls: one for each poll, one for each 2,000 records
 * beyond the first, one for each event log file. Sources that do not answer cost their polls.
 */
export function dailyCosts(answers: Answers): readonly DailyCost[] {
  return SOURCES.map((source) => {
    const polls = Math.ceil(DAY / source.cadence);
    const answer = answers.sources.get(source.name);
    const records = (answer && valueOf(answer)?.records) ?? 0;
    const more = source.kind === 'event-log' ? records + hourlyFilesADay(answers) : Math.floor(records / PAGE);
    return { source: source.name, calls: polls + more };
  });
}

/** Hourly files of an average day, from the span that the org keeps. */
function hourlyFilesADay(answers: Answers): number {
  const hourly = valueOf(answers.hourlyTypes) ?? [];
  if (hourly.length === 0) return 0;
  const files = hourly.reduce((sum, row) => sum + row.files, 0);
  const oldest = Math.min(...hourly.map((row) => row.oldest));
  const newest = Math.max(...hourly.map((row) => row.newest));
  return Math.ceil(files / Math.max(1, (newest - oldest) / DAY));
}
