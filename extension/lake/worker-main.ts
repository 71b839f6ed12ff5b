import { setLanguage } from '../shared/language.ts';
import { serveLake } from './worker-serve.ts';
import type { WorkerSettings } from './worker-protocol.ts';

// Whatever this process makes is for its owner only.
process.umask(0o077);

// Ctrl+C reaches the whole process group; what then happens to the jobs is the parent's to say.
process.on('SIGINT', () => undefined);

const settings = JSON.parse(process.argv[2] ?? '{}') as WorkerSettings;
setLanguage(settings.language);
serveLake(settings);
