import type { DeployMessage, DeployOptions } from './deploy-result.ts';

/** A component that was deployed as it was. */
export function success(fileName: string, componentType: string, fullName: string): DeployMessage {
  return { changed: false, componentType, created: false, deleted: false, fileName, fullName, success: true };
}

/** A component with a warning, which is a failure unless the deployment ignores warnings. */
export function warning(
  message: DeployMessage,
  problem: string,
  options: Pick<DeployOptions, 'ignoreWarnings'>,
): DeployMessage {
  return { ...message, problem, problemType: 'Warning', success: options.ignoreWarnings };
}

/** A component that cannot be deployed, and where in its file the fault is. */
export function failure(
  fileName: string,
  componentType: string,
  fullName: string,
  fault: { readonly problem: string; readonly line?: number; readonly column?: number },
): DeployMessage {
  return {
    ...success(fileName, componentType, fullName),
    success: false,
    problem: fault.problem,
    problemType: 'Error',
    ...(fault.line === undefined ? {} : { lineNumber: fault.line }),
    ...(fault.column === undefined ? {} : { columnNumber: fault.column }),
  };
}
