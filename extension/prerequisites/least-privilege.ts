import { valueOf, type Answers } from './answers.ts';

/** The permission set for those who want no more than sign-ins, Setup changes and event log files. */
export const LEAST_PRIVILEGE = {
  apiName: 'Orgwatch_Least_Privilege',
  label: 'Orgwatch Least Privilege',
  description: 'Reads sign-ins, Setup changes and event log files of this org, and nothing else.',
  /** The wanted ones and what they depend on. */
  permissions: ['ApiEnabled', 'MonitorLoginHistory', 'ViewEventLogFiles', 'ViewRoles', 'ViewSetup'],
} as const;

/** Whether the account was given little on purpose. */
export function hasLeastPrivilege(answers: Answers): boolean {
  return (valueOf(answers.grants) ?? []).some(({ apiName }) => apiName === LEAST_PRIVILEGE.apiName);
}
