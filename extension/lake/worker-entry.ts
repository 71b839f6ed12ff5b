import { fileURLToPath } from 'node:url';

/**
 * The file that a lake worker runs: dist/lake-worker.js beside the bundle that this module became part of, or
 * worker-main.ts beside this module where it runs from source.
 */
export function workerEntry(here: string = import.meta.url): string {
  const entry = here.endsWith('.ts') ? './worker-main.ts' : './lake-worker.js';
  return fileURLToPath(new URL(entry, here));
}
