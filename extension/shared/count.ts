import { language } from './language.ts';

/** By the tag of a language. */
const integers = new Map<string, Intl.NumberFormat>();

/** `1,204`, as the reader's language writes it. */
export function number(value: number): string {
  const { tag } = language();
  const format = integers.get(tag) ?? new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  integers.set(tag, format);
  return format.format(value);
}
