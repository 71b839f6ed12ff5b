/** What kind of thing a Setup change is about. */
export type SetupClass =
  | 'permission change'
  | 'user management'
  | 'sign-in security'
  | 'session or security setting'
  | 'login-as'
  | 'connected app'
  | 'certificate or credential'
  | 'data export'
  | 'sharing'
  | 'code or package'
  | 'monitoring'
  | 'automation'
  | 'schema or interface'
  | 'setting';

/**
 * `high`: hands out power or takes protection away; `medium`: can be part of an attack; `low`: everyday work. `unknown`:
 * nothing is known of the action, so that it may be any of them until somebody has looked.
 */
export type SetupSeverity = 'high' | 'medium' | 'low' | 'unknown';

export interface SetupAction {
  /** SetupAuditTrail.Action. */
  readonly action: string;
  readonly class: SetupClass;
  readonly severity: SetupSeverity;
  /** What was done, in our words. */
  readonly what: string;
}

/** Lines of `Action code: what it is`, all of one class and severity. */
export function actions(group: SetupClass, severity: SetupSeverity, lines: string): readonly SetupAction[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [action = '', what = ''] = line.trim().split(': ');
      return { action, class: group, severity, what };
    });
}
