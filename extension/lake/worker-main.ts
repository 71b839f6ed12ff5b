import { writeFileSync } from 'node:fs';
import { setLanguage } from '../shared/language.ts';
import { serveLake } from './worker-serve.ts';
import type { WorkerSettings } from './worker-protocol.ts';

// Whatever this process makes is for its owner only.
process.umask(0o077);

// Ctrl+C reaches the whole process group; what then happens to the jobs is the parent's to say.
process.on('SIGINT', () => undefined);

try {
  // Where a machine runs out of memory all the same, this process goes before the editor and its windows do (Linux).
  writeFileSync('/proc/self/oom_score_adj', '800');
} catch {
  // Other systems have no such thing.
}

const settings = JSON.parse(process.argv[2] ?? '{}') as WorkerSettings;
setLanguage(settings.language);
serveLake(settings);
