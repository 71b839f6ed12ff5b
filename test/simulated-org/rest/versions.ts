import { json, type Reply } from '../http/reply.ts';
import type { OrgRequest, SessionRequest } from '../http/request.ts';
import type { Org } from '../org.ts';

/** Versions 21 to 30 were retired in Summer ’25 (SOAP API Developer Guide, End-of-Life Policy). */
export const OLDEST_VERSION = 31;
export const NEWEST_VERSION = 68;
const SUMMER_22 = 55;

const seasons = ['Summer', 'Winter', 'Spring'] as const;

/** Release of an API version: 55 is Summer '22; three releases a year. */
function labelOf(version: number): string {
  const steps = version - SUMMER_22;
  const season = seasons[((steps % 3) + 3) % 3] as string;
  const year = 22 + Math.floor((steps + 2) / 3);
  return `${season} '${year}`;
}

/** `GET /services/data`: no session, not counted, no limit header. */
export function versionList(_org: Org, _request: OrgRequest): Reply {
  const versions = Array.from({ length: NEWEST_VERSION - OLDEST_VERSION + 1 }, (_, index) => {
    const version = OLDEST_VERSION + index;
    return { label: labelOf(version), url: `/services/data/v${version}.0`, version: `${version}.0` };
  });
  return json(versions);
}

const resources = ['tooling', 'metadata', 'composite', 'query', 'queryAll', 'limits', 'sobjects'] as const;

/** `GET /services/data/vXX.0`: what there is beneath. */
export function versionRoot(org: Org, { viewer }: SessionRequest): Reply {
  const root = `/services/data/v${viewer.apiVersion}.0`;
  return json({
    ...Object.fromEntries(resources.map((name) => [name, `${root}/${name}`])),
    identity: `${org.instanceUrl}/id/${org.state.orgId}/${viewer.caller.userId}`,
  });
}
