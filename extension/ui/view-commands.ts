import type { Host } from './host.ts';

/** Orgwatch: Refresh. */
export async function refresh({ live }: Host): Promise<void> {
  live.restart();
}

/** Orgwatch: Show Log. */
export async function showLog({ log }: Host): Promise<void> {
  log.show();
}
