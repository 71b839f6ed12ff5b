import type { Clock } from '../shared/clock.ts';
import type { SyncProgress } from '../sync/options.ts';
import type { WatchEvent, WaitReason } from '../sync/watch-event.ts';
import { cut } from './layout.ts';
import { bytes, number } from './quantity.ts';
import { printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** The last line of the terminal: how each org stands. Nothing where stderr is no terminal. */
export interface WatchLine extends Disposable {
  /** Takes the line away, so that something can be written in its place. */
  clear(): void;
  /** Follows what happens, and shows it. */
  take(event: WatchEvent): void;
}

const EVERY_MS = 500;

export function watchLine(terminal: Terminal, clock: Clock): WatchLine {
  if (!terminal.errIsTerminal) return { clear() {}, take() {}, [Symbol.dispose]() {} };
  const standings = new Map<string, (now: number) => string>();
  const show = (): void => {
    const text = [...standings].map(([org, standing]) => `${printable(org)} ${standing(clock.now())}`).join(' · ');
    terminal.rewriteErr(terminal.paintErr('dim', cut(text, Math.max(20, terminal.columns - 1))));
  };
  const timer = setInterval(show, EVERY_MS);
  timer.unref();
  return {
    clear: () => terminal.rewriteErr(''),
    take(event) {
      const standing = standingAfter(event);
      if ('org' in event && standing) standings.set(event.org, standing);
      if (event.kind !== 'progress') show();
    },
    [Symbol.dispose]() {
      clearInterval(timer);
      terminal.rewriteErr('');
    },
  };
}

/** What an org is at after an event, as it reads at a time; undefined when the event changes nothing. */
function standingAfter(event: WatchEvent): ((now: number) => string) | undefined {
  switch (event.kind) {
    case 'sync-started':
      return () =>
        `syncing ${event.sources.length === 1 ? String(event.sources[0]) : `${number(event.sources.length)} sources`}`;
    case 'progress':
      return () => syncing(event.progress);
    case 'waiting':
      return (now) =>
        `${WAITS[event.why]} ${event.why === 'schedule' ? `${event.next} ` : ''}in ${duration(event.until - now)}`;
    default:
      return undefined;
  }
}

const WAITS: Readonly<Record<WaitReason, string>> = {
  schedule: 'next',
  quota: 'paused by the quota, on again',
  failure: 'failed, again',
  busy: 'synced by another process, again',
};

function syncing({ source, phase, files, filesTotal, bytes: size, rows }: SyncProgress): string {
  const total = filesTotal === undefined ? '' : ` of ${number(filesTotal)}`;
  return `syncing ${source} (${phase}): ${number(files)}${total} files, ${bytes(size)}, ${number(rows)} rows`;
}

/** `2 h 5 min`, `14 min`, `40 s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}
