import { makeId } from '../../ids.ts';
import type { Row } from '../../model.ts';
import type { Person } from '../population/roster.ts';
import { randomFor } from '../random.ts';
import type { Random } from '../random.ts';
import { takeoverOf } from '../sign-ins/incidents.ts';
import { DAY, HOUR, MINUTE, SECOND, isWorkday, restDate } from '../time.ts';
import { setupActions } from './actions.ts';
import type { SetupAction } from './actions.ts';
import { fill } from './values.ts';

/** One change in Setup; `actor` is missing where the system itself made it. */
export interface SetupChange {
  readonly at: number;
  readonly action: string;
  readonly section: string | null;
  readonly display: string;
  readonly actor: Person | undefined;
  readonly subject: Person;
  /** User name of the administrator who was logged in as `actor`. */
  readonly delegate: string | null;
  readonly namespace: string | null;
}

const weights = setupActions.map((action) => [action, action.weight] as const);

/** Setup changes of one UTC day, ascending by time. */
export function setupChangesOfDay(seed: number, scale: number, roster: readonly Person[], day: number): SetupChange[] {
  const random = randomFor(seed, 'setup', day);
  const changes: SetupChange[] = [];
  const count = random.count((isWorkday(day) ? 30 : 4) * scale);
  for (let number = 0; number < count; number++) {
    const at = day * DAY + Math.floor((5 * HOUR + random.next() * 15 * HOUR) / SECOND) * SECOND;
    changes.push(...changesOf(random, roster, random.weighted(weights), at));
  }
  const takeover = takeoverOf(seed, roster, day);
  if (takeover !== undefined) changes.push(...escalation(roster, takeover.victim, takeover.permissionsAt));
  return changes.sort((a, b) => a.at - b.at);
}

function changesOf(random: Random, roster: readonly Person[], action: SetupAction, at: number): SetupChange[] {
  const admins = roster.slice(0, 2);
  const subject = random.pick(roster);
  const other = random.pick(roster);
  const actor =
    action.by === 'administrator'
      ? random.pick(admins)
      : action.by === 'developer'
        ? random.pick(roster.slice(0, 4))
        : action.by === 'anyone'
          ? random.pick(roster)
          : action.by === 'login-as'
            ? subject
            : undefined;
  const display = fill(action.display, random, actor ?? subject, subject, other);
  const change: SetupChange = {
    at,
    action: action.action,
    section: action.section,
    display,
    actor,
    subject,
    delegate: action.by === 'login-as' ? random.pick(admins).username : null,
    namespace: action.namespace ?? null,
  };
  if (action.action !== 'suOrgAdminLogin') return [change];
  const logout = { action: 'suOrgAdminLogout', display: display.replace('Logged in', 'Logged out') };
  return [change, { ...change, ...logout, at: at + random.between(2, 25) * MINUTE }];
}

function escalation(roster: readonly Person[], victim: Person, at: number): SetupChange[] {
  const actor = roster[1] as Person;
  const common = { section: 'Manage Users', actor, subject: victim, delegate: null, namespace: null };
  return [
    {
      ...common,
      at: at - 2 * MINUTE,
      action: 'PermSetEnableUserPerm',
      display:
        'Changed permission set Reporting Power User: View All Data permission was changed from disabled to enabled',
    },
    {
      ...common,
      at,
      action: 'PermSetAssign',
      display: `Permission set Reporting Power User: assigned to user ${victim.name} (UserID: [${victim.id.slice(0, 15)}])`,
    },
  ];
}

/** A SetupAuditTrail row; `number` is unique to the change. */
export function setupAuditTrailRow(change: SetupChange, number: number): Row {
  const time = restDate(change.at);
  return {
    Id: makeId('0Ym', number),
    Action: change.action,
    Section: change.section,
    Display: change.display,
    CreatedDate: time,
    CreatedById: change.actor?.id ?? null,
    DelegateUser: change.delegate,
    CreatedByContext: null,
    CreatedByIssuer: null,
    ResponsibleNamespacePrefix: change.namespace,
    SystemModstamp: time,
  };
}
