import { literal } from '../lake/sql.ts';
import type { ViewDefinition } from '../lake/worker.ts';
import { SETUP_ACTIONS } from './setup-actions.ts';

/** What Action codes mean: action, class, severity (`high`, `medium`, `low`), what. */
export const setupActions: ViewDefinition = {
  name: 'setup_actions',
  sql: `SELECT * FROM (VALUES ${SETUP_ACTIONS.map(
    (known) => `(${[known.action, known.class, known.severity, known.what].map(literal).join(', ')})`,
  ).join(', ')}) AS known(action, class, severity, what)`,
};

/**
 * Setup Audit Trail, understood by its Action codes: Display is in the language of whoever changed, or reads. An action
 * that is not known is of the class `other`, and by itself says what was done.
 */
export const setupChanges: ViewDefinition = {
  name: 'setup_changes',
  sql: `SELECT event_key, event_time, event_date, CreatedById AS user_id,
      coalesce(CreatedBy_Username, users.user_name) AS user_name, coalesce(CreatedBy_Name, full_name) AS full_name, profile,
      DelegateUser AS delegate, setup_audit_trail.Action AS action, coalesce(class, 'other') AS class,
      coalesce(severity, 'low') AS severity, coalesce(what, setup_audit_trail.Action) AS what,
      Section AS section, Display AS detail, ResponsibleNamespacePrefix AS namespace, CreatedByContext AS context, _raw_id
    FROM setup_audit_trail
    LEFT JOIN setup_actions ON lower(setup_actions.action) = lower(setup_audit_trail.Action)
    LEFT JOIN users ON users.user_id = CreatedById`,
};
