import { to15 } from '../../ids.ts';
import { DOMAIN } from '../population/company.ts';
import type { Person } from '../population/roster.ts';
import type { Random } from '../random.ts';

const values = {
  profile: ['Standard User', 'Minimum Access - Salesforce'],
  otherProfile: ['Minimum Access - Salesforce', 'Standard User', 'System Administrator'],
  role: ['Vertrieb DACH', 'Support EMEA', 'Sales Americas'],
  otherRole: ['Regional Director', '営業部', 'Channel Partner Lead'],
  permissionSet: [
    'Reporting Power User',
    'CPQ Editor',
    'Vertrieb Zusatzrechte',
    'Field Service',
    'Marketing "Insights" Beta',
  ],
  permission: [
    'Export Reports',
    'View Setup and Configuration',
    'Manage Public List Views',
    'API Enabled',
    'Convert Leads',
  ],
  object: ['Account', 'Opportunity', 'Case', 'Rental Contract'],
  field: ['Amount', 'Region', 'Größe', 'Margin, net', 'Renewal Date'],
  group: ['All Company Internal Users', 'Finance', 'Einkauf & Logistik', 'Deal Desk'],
  apexClass: ['OrderService', 'InvoiceBatch', 'RouteController', 'OpportunityTriggerHandler'],
} as const;

export type ValueName = keyof typeof values;

/** Fills the `{…}` of a display text. */
export function fill(display: string, random: Random, actor: Person, subject: Person, other: Person): string {
  return display.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'actor') return actor.name;
    if (name === 'actorUsername') return actor.username;
    if (name === 'user') return subject.name;
    if (name === 'userId') return to15(subject.id);
    if (name === 'username') return subject.username;
    if (name === 'otherUser') return other.name;
    if (name === 'otherMail') return `${other.index + 1}.renamed@${DOMAIN}`;
    return random.pick(values[name as ValueName]);
  });
}
