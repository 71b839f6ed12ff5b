import type { DiscoveredFile, EventLogRawFile } from '../lake/ledger-files.ts';
import type { PageProvenance, Provenance } from '../lake/provenance.ts';
import type { SourceRun } from './source-run.ts';

type Facts = { readonly eventLogFile: Omit<DiscoveredFile, 'source'> } | { readonly page: PageProvenance };

/** What is written into a raw file about it. */
export function provenanceOf(run: SourceRun, facts: Facts): Provenance {
  const { door, clock } = run.parts;
  const { orgId, username, instanceUrl } = door.org;
  return { orgId, username, instanceUrl, source: run.source, landedAt: new Date(clock.now()).toISOString(), ...facts };
}

export function eventLogFacts(file: EventLogRawFile): Omit<DiscoveredFile, 'source'> {
  const { identity, eventType, eventDate, salesforceId, interval, sequence, logDate, createdDate } = file;
  const { fieldNames, fieldTypes, declaredBytes } = file;
  return {
    ...{ identity, eventType, eventDate, salesforceId, interval, sequence, logDate, createdDate },
    ...{ fieldNames, fieldTypes, declaredBytes },
  };
}
