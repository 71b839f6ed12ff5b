import type { Host } from './host.ts';

/** Orgwatch: Pause Scheduled Sync. What is under way ends and keeps what it has. */
export async function pauseSchedule({ live }: Host): Promise<void> {
  await live.scheduler.pause(true);
  live.refresh();
}

/** Orgwatch: Resume Scheduled Sync. */
export async function resumeSchedule({ live }: Host): Promise<void> {
  await live.scheduler.pause(false);
  live.refresh();
}
