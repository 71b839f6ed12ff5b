import { makeId, to15 } from '../../ids.ts';
import { logTimestamp } from '../time.ts';
import { columns, plainColumns, requestColumns } from './event-type.ts';
import type { EventType } from './event-type.ts';
import { Recorder } from './recorder.ts';

const installColumns = requestColumns(`
  OPERATION_TYPE PACKAGE_NAME IS_MANAGED:Boolean IS_PUSH:Boolean IS_RELEASED:Boolean IS_SUCCESSFUL:Boolean FAILURE_TYPE`);

/** Installations that administrators start, and upgrades that Salesforce pushes from an address that is a name. */
export const packageInstall: EventType = {
  name: 'PackageInstall',
  free: false,
  columns: () => installColumns,
  events(day) {
    const recorder = new Recorder(day, 'PackageInstall');
    const { random } = recorder;
    const cells = (name: string, push: boolean): Record<string, string> => ({
      OPERATION_TYPE: push ? 'UPGRADE' : 'INSTALL',
      PACKAGE_NAME: name,
      IS_MANAGED: '1',
      IS_PUSH: push ? '1' : '0',
      IS_RELEASED: '1',
      IS_SUCCESSFUL: push && random.chance(0.2) ? '0' : '1',
    });
    for (const change of day.setupChanges) {
      if (change.action !== 'installedpackagingapp' || change.actor === undefined) continue;
      const { office, id } = change.actor;
      recorder.add(
        change.at,
        { userId: id, ip: `${office.network}.${office.firstHost}` },
        cells('Ridge Route Planner', false),
      );
    }
    const upgrades = random.count(0.7);
    for (let number = 0; number < upgrades; number++) {
      const at = day.start + random.between(3_600_000, 20_000_000);
      recorder.add(at, { ip: 'Salesforce.com IP' }, cells('Ridge Route Planner, "Pro"', true));
    }
    return recorder.events;
  },
};

const permissionColumns = columns(`
  EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID:Id USER_ID:Id SESSION_KEY LOGIN_KEY FEATURE_ID:Id PERMISSION_TYPE
  UPDATE_TYPE DESCRIPTION CONTEXT TIMESTAMP_DERIVED:DateTime`);

/** The same changes of permission sets that the setup audit trail tells. */
export const permissionUpdate: EventType = {
  name: 'PermissionUpdate',
  free: false,
  columns: () => permissionColumns,
  events(day) {
    const recorder = new Recorder(day, 'PermissionUpdate');
    const { random } = recorder;
    for (const change of day.setupChanges) {
      if (!/^PermSet(Enable|Disable|Fls|Entity|Create)/.test(change.action) || change.actor === undefined) continue;
      const user = change.action.endsWith('UserPerm');
      recorder.add(
        change.at + random.between(0, 900),
        { userId: change.actor.id },
        {
          FEATURE_ID: to15(makeId('0PS', random.between(50, 56))),
          PERMISSION_TYPE: user ? 'UserPermission' : 'EntityObject',
          UPDATE_TYPE: change.action === 'PermSetDisableUserPerm' ? 'Delete' : 'Update',
          DESCRIPTION: change.display,
        },
      );
    }
    return recorder.events;
  },
};

const groupColumns = requestColumns('GROUP_ID:Id GROUP_TYPE MEMBER_ID:Id OPERATION');

export const groupMembership: EventType = {
  name: 'GroupMembership',
  free: false,
  columns: () => groupColumns,
  events(day) {
    const recorder = new Recorder(day, 'GroupMembership');
    const { random } = recorder;
    for (const change of day.setupChanges) {
      if (change.action !== 'groupMembership' || change.actor === undefined) continue;
      const { office, id } = change.actor;
      recorder.add(
        change.at,
        { userId: id, ip: `${office.network}.${office.firstHost}` },
        {
          URI: '/setup/own/groupedit.jsp',
          GROUP_ID: to15(makeId('00G', random.between(1, 9))),
          GROUP_TYPE: 'Regular',
          MEMBER_ID: to15(change.subject.id),
          OPERATION: random.pick(['AddedGroupMember', 'DeletedGroupMember']),
        },
      );
    }
    return recorder.events;
  },
};

const accessColumns = plainColumns(`
  ACTUAL_LOGGED_IN_USER_ID:Id RECORD_ID ENTITY_TYPE REQUESTED_ACCESS_LEVEL ACCESS_ERROR ERROR_DESCRIPTION
  ERROR_TIMESTAMP`);

export const insufficientAccess: EventType = {
  name: 'InsufficientAccess',
  free: false,
  columns: () => accessColumns,
  events(day) {
    const recorder = new Recorder(day, 'InsufficientAccess');
    const { random } = recorder;
    for (const session of day.sessions) {
      if (!random.chance(0.08)) continue;
      const [at = session.at] = recorder.moments(session, 1);
      const record = to15(makeId('006', random.between(70_000, 74_000)));
      recorder.add(at, session, {
        ACTUAL_LOGGED_IN_USER_ID: to15(session.userId),
        RECORD_ID: record,
        ENTITY_TYPE: 'Opportunity',
        REQUESTED_ACCESS_LEVEL: 'FULL',
        ACCESS_ERROR: 'NO_ACCESS',
        ERROR_DESCRIPTION: `User ${to15(session.userId)} doesn't have full access for the record ${record}.`,
        ERROR_TIMESTAMP: logTimestamp(at),
      });
    }
    return recorder.events;
  },
};
