import type { Locator } from 'playwright-core';

const ATTEMPTS = 6;
/** A loaded machine gets time enough for one act to be all it takes. */
const EFFECT_MS = 45_000;

/** Acts again until what the act leads to is there. */
export async function until(effect: Locator, act: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const acted = await succeeds(act());
    if (await succeeds(effect.first().waitFor({ timeout: acted ? EFFECT_MS : 1 }))) return;
    if (attempt === ATTEMPTS) throw new Error(`Nothing led to ${effect.toString()}.`);
  }
}

/** Acts again until an act goes through: each has its own short timeouts, and what it failed with last is thrown. */
export async function untilDone(act: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; attempt < 2 * ATTEMPTS; attempt += 1) if (await succeeds(act())) return;
  await act();
}

/** Whether it went through. */
export async function succeeds(act: Promise<unknown>): Promise<boolean> {
  return await act.then(
    () => true,
    () => false,
  );
}
