import type { Library } from '../content/library.ts';
import { recentFiles } from '../content/library.ts';
import type { SharedFile } from '../content/shared-file.ts';
import { setupChangesOfDay } from '../setup/day.ts';
import type { SetupChange } from '../setup/day.ts';
import { signInsOfDay } from '../sign-ins/day.ts';
import type { SignInWorld } from '../sign-ins/day.ts';
import { takeoverOf } from '../sign-ins/incidents.ts';
import type { Takeover } from '../sign-ins/incidents.ts';
import { succeeded } from '../sign-ins/sign-in.ts';
import type { SignIn } from '../sign-ins/sign-in.ts';
import { DAY } from '../time.ts';
import { apiCallsOf } from './api-calls.ts';
import type { ApiCall } from './api-calls.ts';

export interface EventWorld extends SignInWorld {
  readonly library: Library;
  /** 15 characters. */
  readonly organizationId: string;
}

/** What happened in the org on one UTC day: every event type tells its part of it. */
export interface EventDay {
  readonly world: EventWorld;
  readonly day: number;
  readonly start: number;
  readonly signIns: readonly SignIn[];
  /** Sessions of people, in a browser or the mobile app. */
  readonly sessions: readonly SignIn[];
  readonly apiCalls: readonly ApiCall[];
  readonly setupChanges: readonly SetupChange[];
  readonly files: readonly SharedFile[];
  readonly takeover: Takeover | undefined;
}

export function eventDay(world: EventWorld, day: number): EventDay {
  const { seed, scale, roster } = world;
  const signIns = signInsOfDay(world, day);
  const apiSessions = signIns.filter((signIn) => succeeded(signIn) && signIn.integration !== undefined);
  return {
    world,
    day,
    start: day * DAY,
    signIns,
    sessions: signIns.filter((signIn) => succeeded(signIn) && signIn.person !== undefined),
    apiCalls: apiCallsOf(seed, day, apiSessions),
    setupChanges: setupChangesOfDay(seed, scale, roster, day),
    files: recentFiles(world.library, day),
    takeover: takeoverOf(seed, roster, day),
  };
}
