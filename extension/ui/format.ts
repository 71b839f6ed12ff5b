import * as vscode from 'vscode';
import { DAY, HOUR, MINUTE } from '../shared/utc.ts';

export { number } from '../shared/count.ts';

/** A number of bytes in decimal units: `1.2 MB`. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${units[power]}`;
}

/** `3 minutes ago`, in the language of VS Code. */
export function ago(time: number | string, now: number): string {
  const passed = Math.max(0, now - new Date(time).getTime());
  if (Number.isNaN(passed)) return '–';
  if (passed < MINUTE) return vscode.l10n.t('just now');
  const relative = new Intl.RelativeTimeFormat(vscode.env.language, { numeric: 'always' });
  if (passed < HOUR) return relative.format(-Math.floor(passed / MINUTE), 'minute');
  if (passed < DAY) return relative.format(-Math.floor(passed / HOUR), 'hour');
  return relative.format(-Math.floor(passed / DAY), 'day');
}

/** A time of day, with its date when it is another day's; local, as the clock beside VS Code shows it. */
export function clock(time: number | string, now: number): string {
  const sameDay = new Date(time).toDateString() === new Date(now).toDateString();
  return new Date(time).toLocaleString(vscode.env.language, {
    ...(sameDay ? {} : { month: 'short', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** A length of time, roughly: `40 s`, `3 min`, `2 h`. */
export function duration(ms: number): string {
  if (ms < MINUTE) return vscode.l10n.t('{0} s', Math.max(1, Math.round(ms / 1000)));
  if (ms < HOUR) return vscode.l10n.t('{0} min', Math.round(ms / MINUTE));
  return vscode.l10n.t('{0} h', Math.round(ms / HOUR));
}

/** A title as the name of a document; an alias may hold anything. */
export function fileName(title: string): string {
  return title.replaceAll(/[\\/:*?"<>|#%\u0000-\u001f]+/g, '-');
}

/** A sentence of the engine where it stands alone: begins with a capital. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase(vscode.env.language) + text.slice(1);
}
