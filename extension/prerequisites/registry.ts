import { apiAllocation } from './api-allocation.ts';
import { appAccess } from './app-access.ts';
import { connectorProfile } from './connector-profile.ts';
import { contentDeliveries } from './content-deliveries.ts';
import { crmContentUser } from './crm-content-user.ts';
import { eventMonitoring } from './event-monitoring.ts';
import { language } from './language.ts';
import { permissions } from './permission.ts';
import type { Prerequisite } from './prerequisite.ts';
import { restApi } from './rest-api.ts';
import { serviceAccount } from './service-account.ts';
import { sessionIpLock } from './session-ip-lock.ts';
import { session } from './session.ts';
import { sources } from './sources.ts';

/** All prerequisites, in the order in which they are reported: what the later ones rest on comes first. */
export const PREREQUISITES: readonly Prerequisite[] = [
  session,
  restApi,
  appAccess,
  connectorProfile,
  ...permissions,
  serviceAccount,
  eventMonitoring,
  crmContentUser,
  sessionIpLock,
  contentDeliveries,
  language,
  apiAllocation,
  sources,
];
