import { literal } from '../lake/sql.ts';
import type { ViewDefinition } from '../lake/worker.ts';
import { SETUP_FAMILIES } from './setup-families.ts';
import { SETUP_ACTIONS } from './setup-actions.ts';

/** What Action codes mean: action, class, severity (`high`, `medium`, `low`), what. */
export const setupActions: ViewDefinition = {
  name: 'setup_actions',
  sql: `SELECT * FROM (VALUES ${SETUP_ACTIONS.map(
    (known) => `(${[known.action, known.class, known.severity, known.what].map(literal).join(', ')})`,
  ).join(', ')}) AS known(action, class, severity, what)`,
};

const FAMILIES = `(VALUES ${SETUP_FAMILIES.map(
  (family, rank) =>
    `(${[String(rank), ...[family.pattern, family.class, family.severity, family.what].map(literal)].join(', ')})`,
).join(', ')}) AS family(rank, pattern, class, severity, what)`;

/** What is known of each action that there is: itself, else its family; NULL of what is neither. Each is looked at once. */
const KINDS = `SELECT code, any_value(coalesce(known.class, family.class)) AS class,
      any_value(coalesce(known.severity, family.severity)) AS severity,
      any_value(coalesce(known.what, family.what || ' (' || code || ')')) AS what
    FROM (
      SELECT code, min(rank) AS rank
      FROM (SELECT DISTINCT Action AS code FROM setup_audit_trail)
      LEFT JOIN ${FAMILIES} ON regexp_matches(code, '(?i)' || pattern)
      GROUP BY code
    ) AS found
    LEFT JOIN ${FAMILIES} USING (rank)
    LEFT JOIN setup_actions AS known ON lower(known.action) = lower(code)
    GROUP BY code`;

/**
 * Setup Audit Trail, understood by its Action codes: Display is in the language of whoever changed, or reads. An action
 * that is not known, and is of no family that is, has the class `other` and the severity `unknown`: it may be anything.
 */
export const setupChanges: ViewDefinition = {
  name: 'setup_changes',
  sql: `SELECT event_key, event_time, event_date, CreatedById AS user_id,
      coalesce(CreatedBy_Username, users.user_name) AS user_name, coalesce(CreatedBy_Name, full_name) AS full_name, profile,
      DelegateUser AS delegate, setup_audit_trail.Action AS action, coalesce(class, 'other') AS class,
      coalesce(severity, 'unknown') AS severity, coalesce(what, setup_audit_trail.Action) AS what,
      Section AS section, Display AS detail, ResponsibleNamespacePrefix AS namespace, CreatedByContext AS context, _raw_id
    FROM setup_audit_trail
    LEFT JOIN (${KINDS}) AS kind ON kind.code = setup_audit_trail.Action
    LEFT JOIN users ON users.user_id = CreatedById`,
};
