import { escaped, replaced, TOKENS, type Replacement } from '../shared/redact.ts';

/** Words that must not leave the machine, by what stands in their place. */
export interface Known {
  /** Usernames, aliases, instance hosts, organization ids: found wherever they stand. */
  readonly words: readonly string[];
  /** Folders, longest first counts: `/home/ann` → `~`. */
  readonly folders: readonly (readonly [folder: string, name: string])[];
}

/** Secrets by their form, and whatever is called a secret. */
const SECRETS: readonly Replacement[] = [
  ...TOKENS,
  [
    /(?<![A-Za-z])(?:bearer|authorization|token|secret|password|sid|session_?id)(?![A-Za-z])["']?\s*[:=]?\s*["']?(?:Bearer\s+)?[^\s"',;]{8,}/gi,
    '<secret>',
  ],
];

/** In this order: what is longer and more particular first. */
const PATTERNS: readonly Replacement[] = [
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>)]+/gi, '<url>'],
  [/[^\s"'<>()[\],;:=“”]+@[^\s"'<>()[\],;:=“”]+/g, '<username>'],
  [/\b(?:[\w-]+\.)+(?:salesforce|force|salesforce-setup|site)\.(?:com|mil|net)\b/gi, '<host>'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g, '<address>'],
  [/(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])/gi, '<address>'],
  // Record ids: 15 or 18 characters, of which the first three name the object.
  [/\b[0-9a][A-Za-z0-9]{14}(?:[A-Z0-5]{3})?\b/g, '<id>'],
];

/** What Verify found, without the evidence, which quotes the org. */
const EVIDENCE = /\b(pass|fail|warning|unknown) ([a-z][a-z-]*): .*/g;

/** A text that may be shown to others: no secret, no user, no org, no place of this machine is in it. */
export function redact(text: string, { words, folders }: Known): string {
  let clean = replaced(text.replaceAll(EVIDENCE, '$1 $2'), SECRETS);
  const longest = [...new Set(words)].filter((word) => word.length > 2).sort((a, b) => b.length - a.length);
  for (const [folder, name] of [...folders].sort(([a], [b]) => b.length - a.length))
    if (folder.length > 1) clean = clean.replaceAll(folder, name);
  for (const word of longest) clean = clean.replaceAll(new RegExp(`(?<!\\w)${escaped(word)}(?!\\w)`, 'gi'), '<known>');
  return replaced(clean, PATTERNS);
}
