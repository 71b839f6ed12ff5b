import { defineObject, field, idField } from './catalog.ts';
import { holds } from './viewer.ts';

/** That it takes View Setup is the accepted reading; the Object Reference names no permission. */
export const setupAuditTrail = defineObject({
  name: 'SetupAuditTrail',
  label: 'Setup Audit Trail Entry',
  labelPlural: 'Setup Audit Trail Entries',
  keyPrefix: '0Ym',
  ascendingBy: 'CreatedDate',
  aggregates: false,
  visible: (viewer) => holds(viewer, 'ViewSetup'),
  fields: [
    idField(),
    field('Action', 'string', 'FS'),
    field('Section', 'string', 'N'),
    field('CreatedDate', 'datetime', 'FS'),
    field('CreatedById', 'reference', 'FNS', { to: 'User' }),
    field('Display', 'string', 'NS'),
    field('DelegateUser', 'string', 'FNS'),
    field('ResponsibleNamespacePrefix', 'string', 'FNS', { length: 18 }),
    field('CreatedByContext', 'string', 'FNS', { length: 18, since: 48 }),
    field('CreatedByIssuer', 'string', 'FNS', { length: 18 }),
    field('SystemModstamp', 'datetime', 'FS'),
  ],
  rows: (viewer) => viewer.org.auditLog.mergedWith(viewer.org.dataset.setupAuditTrail(viewer.now)),
});
