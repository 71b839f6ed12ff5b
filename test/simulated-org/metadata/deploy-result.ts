import type { XmlObject } from './xml.ts';

export type DeployStatus = 'Pending' | 'InProgress' | 'Succeeded' | 'SucceededPartial' | 'Failed' | 'Canceled';

export interface DeployOptions {
  readonly allowMissingFiles: boolean;
  readonly autoUpdatePackage: boolean;
  readonly checkOnly: boolean;
  readonly ignoreWarnings: boolean;
  readonly performRetrieve: boolean;
  readonly purgeOnDelete: boolean;
  readonly rollbackOnError: boolean;
  readonly runTests: readonly string[];
  readonly singlePackage: boolean;
  readonly testLevel: string | undefined;
}

/** One line of a deployment's details. */
export interface DeployMessage {
  readonly changed: boolean;
  readonly columnNumber?: number;
  /** Empty for package.xml. */
  readonly componentType: string;
  readonly created: boolean;
  readonly deleted: boolean;
  readonly fileName: string;
  readonly fullName: string;
  readonly id?: string;
  readonly lineNumber?: number;
  readonly problem?: string;
  readonly problemType?: 'Error' | 'Warning';
  readonly success: boolean;
}

/** How far a deployment is. */
export interface DeployProgress {
  readonly id: string;
  readonly options: DeployOptions;
  readonly status: DeployStatus;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdDate: Date;
  readonly startDate: Date | undefined;
  readonly completedDate: Date | undefined;
  readonly canceledBy: string | undefined;
  readonly canceledByName: string | undefined;
  readonly componentsTotal: number;
  readonly messages: readonly DeployMessage[];
}

export function isDone(status: DeployStatus): boolean {
  return status !== 'Pending' && status !== 'InProgress';
}

/** DeployResult of the Metadata WSDL: its elements in their order, left out where they have no value. */
export function deployResult(progress: DeployProgress, includeDetails: boolean): XmlObject {
  const { options, status, messages } = progress;
  const counted = messages.filter((message) => message.componentType !== '');
  const failures = messages.filter((message) => !message.success);
  const lastModified = progress.completedDate ?? progress.startDate ?? progress.createdDate;
  return {
    canceledBy: progress.canceledBy,
    canceledByName: progress.canceledByName,
    checkOnly: options.checkOnly,
    completedDate: progress.completedDate?.toISOString(),
    createdBy: progress.createdBy,
    createdByName: progress.createdByName,
    createdDate: progress.createdDate.toISOString(),
    details: details(progress, includeDetails),
    done: isDone(status),
    id: progress.id,
    ignoreWarnings: options.ignoreWarnings,
    lastModifiedDate: lastModified.toISOString(),
    numberComponentErrors: failures.length,
    numberComponentsDeployed: counted.filter((message) => message.success).length,
    numberComponentsTotal: Math.max(progress.componentsTotal, counted.length),
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled: false,
    startDate: progress.startDate?.toISOString(),
    status,
    success: status === 'Succeeded' || status === 'SucceededPartial',
  };
}

function details(progress: DeployProgress, includeMessages: boolean): XmlObject {
  const createdDate = (progress.startDate ?? progress.createdDate).toISOString();
  const list = (success: boolean): readonly XmlObject[] =>
    progress.messages
      .filter((message) => includeMessages && message.success === success)
      .map((message) => ({
        changed: message.changed,
        columnNumber: message.columnNumber,
        componentType: message.componentType,
        created: message.created,
        createdDate,
        deleted: message.deleted,
        fileName: message.fileName,
        fullName: message.fullName,
        id: message.id,
        lineNumber: message.lineNumber,
        problem: message.problem,
        problemType: message.problemType,
        success: message.success,
      }));
  return {
    componentFailures: list(false),
    componentSuccesses: list(true),
    runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
  };
}
