import type { Locator } from 'playwright-core';

const ATTEMPTS = 6;

/** Acts again until what the act leads to is there: a loaded machine gets time enough for one to be all it takes. */
export async function until(effect: Locator, act: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const acted = await act().then(
      () => true,
      () => false,
    );
    const timeout = acted ? 20_000 : 1;
    const isThere = await effect
      .first()
      .waitFor({ timeout })
      .then(
        () => true,
        () => false,
      );
    if (isThere) return;
    if (attempt === ATTEMPTS) throw new Error(`Nothing led to ${effect.toString()}.`);
  }
}
