import { t } from '@vscode/l10n';
import { DAY, HOUR, MINUTE } from '../shared/utc.ts';
import { VIEW_SETUP } from './needs.ts';
import { fields, type RecordSource } from './source.ts';

/** Changes in Setup. Object Reference, SetupAuditTrail: Display is localized, Section cannot be filtered on. */
export const setupAuditTrail: RecordSource = {
  kind: 'records',
  name: 'setup_audit_trail',
  title: 'Setup changes',
  object: 'SetupAuditTrail',
  timeField: 'CreatedDate',
  key: ['Id'],
  fields: [
    ...fields('text', 'Id Action Section'),
    ...fields('timestamp', 'CreatedDate'),
    ...fields('text', 'CreatedById Display DelegateUser CreatedByContext CreatedByIssuer ResponsibleNamespacePrefix'),
  ],
  optional: [{ fields: fields('text', 'CreatedBy.Username CreatedBy.Name') }],
  cadence: 15 * MINUTE,
  overlap: HOUR,
  backfill: 60 * DAY,
  withDeleted: false,
  kept: 180 * DAY,
  needs: [{ anyOf: [VIEW_SETUP], costs: () => t('Setup changes') }],
  whenEmpty: () => t('Nobody changed Setup.'),
};
