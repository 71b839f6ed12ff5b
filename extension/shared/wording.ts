import { t } from '@vscode/l10n';
import { number } from './count.ts';

/** Things that are counted: one of them, and more. */
const COUNTED = {
  call: { one: () => t('1 call'), more: (n: string) => t('{0} calls', n) },
  'daily file': { one: () => t('1 daily file'), more: (n: string) => t('{0} daily files', n) },
  day: { one: () => t('1 day'), more: (n: string) => t('{0} days', n) },
  'event type': { one: () => t('1 event type'), more: (n: string) => t('{0} event types', n) },
  event: { one: () => t('1 event'), more: (n: string) => t('{0} events', n) },
  file: { one: () => t('1 file'), more: (n: string) => t('{0} files', n) },
  permission: { one: () => t('1 permission'), more: (n: string) => t('{0} permissions', n) },
  'public link': { one: () => t('1 public link'), more: (n: string) => t('{0} public links', n) },
  record: { one: () => t('1 record'), more: (n: string) => t('{0} records', n) },
  row: { one: () => t('1 row'), more: (n: string) => t('{0} rows', n) },
  span: { one: () => t('1 span of time'), more: (n: string) => t('{0} spans of time', n) },
  try: { one: () => t('1 try'), more: (n: string) => t('{0} tries', n) },
  value: { one: () => t('1 value'), more: (n: string) => t('{0} values', n) },
} as const;

/** `1,204 rows`, `1 row`, in the reader's language. */
export function counted(value: number, noun: keyof typeof COUNTED): string {
  const { one, more } = COUNTED[noun];
  return value === 1 ? one() : more(number(value));
}

/** `A, B and C`. */
export function list(items: readonly string[]): string {
  return joined(items, (before, last) => t('{0} and {1}', before, last));
}

/** `A, B or C`. */
export function either(items: readonly string[]): string {
  return joined(items, (before, last) => t('{0} or {1}', before, last));
}

/** Sentences one after the other; empty ones are left out. */
export function sentences(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').reduce((all, next) => (all === '' ? next : t('{0} {1}', all, next)), '');
}

function joined(items: readonly string[], lastTo: (before: string, last: string) => string): string {
  const [first = '', ...others] = items;
  const last = others.pop();
  const before = others.reduce((all, next) => t('{0}, {1}', all, next), first);
  return last === undefined ? before : lastTo(before, last);
}
