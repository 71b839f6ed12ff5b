import type { AuditLog } from './audit-log.ts';
import type { Allocation } from './accounting/allocation.ts';
import type { Traffic } from './accounting/traffic.ts';
import type { Faults } from './http/faults.ts';
import type { MetadataApi } from './metadata/index.ts';
import type { Dataset, OrgState, Row } from './model.ts';
import type { ConnectedApps } from './oauth/connected-apps.ts';
import type { Sessions } from './oauth/sessions.ts';
import type { Locators } from './rest/locators.ts';

/** One simulated org: its state, its data and what is known of its clients. Every handler works on this. */
export interface Org {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly instanceUrl: string;
  readonly state: OrgState;
  readonly organization: Row;
  readonly userLicenses: readonly Row[];
  readonly permissionSetLicenses: readonly Row[];
  readonly dataset: Dataset;
  /** SetupAuditTrail rows of what clients changed, beside those of the dataset. */
  readonly auditLog: AuditLog;
  readonly metadata: MetadataApi;
  readonly sessions: Sessions;
  readonly connectedApps: ConnectedApps;
  readonly allocation: Allocation;
  readonly traffic: Traffic;
  readonly faults: Faults;
  readonly locators: Locators;
  /** Milliseconds added to every request from the outset. */
  readonly latency: number;
}
