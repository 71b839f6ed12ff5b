import os from 'node:os';

/** The only way the engine learns what time it is, so that tests can say it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Milliseconds since the machine was started: they grow evenly, whatever the clock is set to. */
  steady?(): number;
}

export const systemClock: Clock = { now: () => Date.now(), steady: () => Math.round(os.uptime() * 1000) };
