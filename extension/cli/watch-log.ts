import type { Clock } from '../shared/clock.ts';
import { utcSecond } from '../shared/utc.ts';
import type { SyncReport } from '../sync/report.ts';
import type { WatchEvent } from '../sync/watch-event.ts';
import { count, minute } from './quantity.ts';
import { printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

type Level = 'info' | 'warn' | 'error';

/** One line of the log of a watch; `undefined` for what is shown in passing only. */
interface Entry {
  readonly level: Level;
  readonly event: string;
  readonly [field: string]: unknown;
}

/** Writes events to stdout, a line each: JSON, or text for a person. */
export function watchLog(terminal: Terminal, format: 'json' | 'text', clock: Clock): (event: WatchEvent) => void {
  return (event) => {
    const time = new Date(clock.now()).toISOString();
    if (format === 'json') {
      const entry = entryOf(event);
      if (entry) terminal.out(`${JSON.stringify({ time, ...entry })}\n`);
      return;
    }
    const said = sentenceOf(event);
    if (said) terminal.out(`${terminal.paint('dim', utcSecond(time))}  ${said}\n`);
  };
}

function entryOf(event: WatchEvent): Entry | undefined {
  switch (event.kind) {
    case 'started':
      return { level: 'info', event: 'started', orgs: event.orgs, cadences: seconds(event.cadences) };
    case 'sync-started':
      return { level: 'info', event: 'sync-started', org: event.org, sources: event.sources };
    case 'sync-ended':
      return ended(event.org, event.report);
    case 'sync-failed': {
      const { code, message, actions } = event.error;
      return {
        level: code === 'BUSY' ? 'warn' : 'error',
        event: 'sync-failed',
        org: event.org,
        error: { code, message, actions },
      };
    }
    case 'waiting': {
      const { org, why, next, until } = event;
      return { level: 'info', event: 'waiting', org, why, next, until: new Date(until).toISOString() };
    }
    case 'log':
      return { level: event.level, event: 'log', org: event.org, message: event.message };
    case 'stopped':
      return { level: 'info', event: 'stopped' };
    case 'progress':
      return undefined;
  }
}

function ended(org: string, report: SyncReport): Entry {
  const { outcome, resumesAt, quota, sources, notes } = report;
  return {
    level: levelOf(report),
    event: 'sync-ended',
    org,
    orgId: report.org.orgId,
    outcome,
    rows: sources.reduce((sum, { rows }) => sum + rows, 0),
    files: sources.reduce((sum, { files }) => sum + files, 0),
    calls: quota.requests,
    ...(resumesAt === undefined ? {} : { resumesAt }),
    ...(notes === undefined ? {} : { notes }),
    quota,
    sources: sources.map(({ source, state, rows, requests, reason, actions }) => ({
      ...{ source, state, rows, calls: requests },
      ...(reason === undefined ? {} : { reason }),
      ...(actions === undefined ? {} : { actions }),
    })),
  };
}

function levelOf({ outcome }: SyncReport): Level {
  return outcome === 'failed' ? 'error' : outcome === 'done' || outcome === 'cancelled' ? 'info' : 'warn';
}

function seconds(cadences: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(cadences).map(([source, ms]) => [source, ms / 1000]));
}

function sentenceOf(event: WatchEvent): string | undefined {
  switch (event.kind) {
    case 'started':
      return `Watching ${printable(event.orgs.join(', '))}. Stop with Ctrl+C.`;
    case 'sync-ended':
      return endedSentence(event.org, event.report);
    case 'sync-failed':
      return [
        `${printable(event.org)}: ${printable(event.error.message)}`,
        ...event.error.actions.map((action) => `  Try: ${printable(action)}`),
      ].join('\n');
    case 'log':
      return event.level === 'info' ? undefined : `${printable(event.org)}: ${printable(event.message)}`;
    case 'stopped':
      return 'Stopped; all that came is kept.';
    case 'sync-started':
    case 'waiting':
    case 'progress':
      return undefined;
  }
}

function endedSentence(org: string, { outcome, sources, quota, resumesAt, notes = [] }: SyncReport): string {
  const rows = sources.reduce((sum, source) => sum + source.rows, 0);
  const until = resumesAt === undefined ? '' : ` until ${minute(resumesAt)} UTC`;
  const what = `${count(rows, 'new row')}, ${count(quota.requests, 'call')}`;
  const troubles = sources
    .filter(({ state }) => state !== 'done' && state !== 'cancelled')
    .map(({ source, state, reason }) => `\n  ${source} ${state}: ${printable(reason ?? '')}`);
  return `${printable(org)}: ${outcome}${until}; ${what}.${[...troubles, ...notes.map((note) => `\n  ${printable(note)}`)].join('')}`;
}
