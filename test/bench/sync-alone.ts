import type { SimulatedOrgAddress } from '../simulated-org/server.ts';
import { syncFrom } from './lake.ts';

/** One sync of one event type, in a process of its own. The one argument is JSON. */
const { address, folder, eventType } = JSON.parse(process.argv[2] ?? '') as {
  readonly address: SimulatedOrgAddress;
  readonly folder: string;
  readonly eventType: string;
};
const since = new Date(Date.now() - 600_000);
await syncFrom(address, folder, { sources: ['event_log'], eventTypes: { include: [eventType] }, since });
