import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** What a worker takes beside DuckDB's limit: Node, what is under way between the processes, results that are kept. */
const OVERHEAD_MB = 512;
const KEPT_SHARE = 1.25;

/** How often a process is looked at, in milliseconds: another process has to be started for it on macOS. */
const EVERY: Partial<Record<NodeJS.Platform, number>> = { linux: 100, android: 100, darwin: 500 };

/** The memory that a worker with this limit of DuckDB's may take as a process, in MB. */
export function mostMemoryMb(memoryLimitMb: number): number {
  return Math.ceil(memoryLimitMb * KEPT_SHARE) + OVERHEAD_MB;
}

/** Whether a process can be looked at from outside; else it has to say itself what it takes. */
export function canMeasure(): boolean {
  return EVERY[process.platform] !== undefined;
}

/** Tells again and again how many MB a process holds (resident set), until stopped. Keeps nobody from ending. */
export function watchMemory(pid: number, tell: (mb: number) => void): () => void {
  if (!canMeasure()) return () => undefined;
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void residentMb(pid)
      .then((mb) => {
        if (mb !== undefined) tell(mb);
      })
      .finally(() => {
        isLooking = false;
      });
  }, EVERY[process.platform]);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

async function residentMb(pid: number): Promise<number | undefined> {
  const kilobytes = process.platform === 'darwin' ? await byPs(pid) : await byProc(pid);
  return kilobytes === undefined ? undefined : kilobytes / 1024;
}

/** In kB whatever the size of a page is (proc_pid_status(5)). */
async function byProc(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return found === undefined ? undefined : Number(found);
}

function byPs(pid: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    execFile('/bin/ps', ['-o', 'rss=', '-p', String(pid)], (error, out) => {
      resolve(error ? undefined : Number(out.trim()) || undefined);
    });
  });
}
