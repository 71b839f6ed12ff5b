import { readFileSync, readlinkSync } from 'node:fs';
import os from 'node:os';

/** True when a process of this machine is alive, whoever owns it. Says nothing of processes in another container. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Names where a process id means one process: this start of this machine, and on Linux this pid namespace, as two
 * containers that share a folder, and even a host name, each count from 1.
 */
export function processSpace(): string {
  if (process.platform !== 'linux') return os.hostname();
  const [boot, namespace] = [bootId(), pidNamespace()];
  // Where nothing tells, nobody is found dead before the heartbeat stops.
  return boot === undefined || namespace === undefined ? '' : `${boot} ${namespace}`;
}

/** Names this start of the machine; undefined where the system does not say. */
export function bootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** The inode of the namespace that process ids are of; undefined where they are the machine's, or nothing says. */
export function pidNamespace(): string | undefined {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0];
  } catch {
    return undefined;
  }
}
