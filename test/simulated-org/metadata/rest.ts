import { deployResult, type DeployOptions, type DeployProgress } from './deploy-result.ts';
import type { DeployJobs } from './jobs.ts';
import { readFormParts } from './multipart.ts';
import { insufficientAccess } from './soap.ts';

export interface RestCall {
  readonly method: string;
  /** Path with query string: `/services/data/v66.0/metadata/deployRequest/<id>?includeDetails=true`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

export interface RestReply {
  readonly status: number;
  /** An object, or Salesforce's array of errors. */
  readonly json: unknown;
}

interface RestContext {
  readonly deploys: DeployJobs;
  readonly userId: string;
  readonly mayUse: boolean;
}

/** Answers the deployRequest resource: POST a deployment, GET its progress, PATCH it to `Canceling`. */
export function answerRest(call: RestCall, context: RestContext): RestReply {
  const url = new URL(call.path.replace(/^\/+/, '/'), 'http://org.invalid');
  const match = /^\/services\/data\/v(\d+\.\d+)\/metadata\/deployRequest(?:\/([^/]+))?\/?$/i.exec(url.pathname);
  if (match === null) return refuse(404, 'NOT_FOUND', 'The requested resource does not exist');
  if (!context.mayUse) return refuse(403, 'INSUFFICIENT_ACCESS', insufficientAccess);
  const id = match[2];
  if (id === undefined) {
    if (call.method !== 'POST') return notAllowed(call.method, 'POST');
    return startDeploy(call, context, Number(match[1]));
  }
  const progress = context.deploys.progress(id);
  if (progress === undefined) return refuse(404, 'NOT_FOUND', 'The requested resource does not exist');
  if (call.method === 'GET') {
    return { status: 200, json: describe(progress, url.searchParams.get('includeDetails') === 'true', url) };
  }
  if (call.method === 'PATCH') return cancel(call, context, progress, url);
  return notAllowed(call.method, 'GET,PATCH');
}

function startDeploy(call: RestCall, context: RestContext, apiVersion: number): RestReply {
  const parts = readFormParts(String(call.headers['content-type'] ?? ''), call.body);
  const json = parts.find((part) => part.name === 'json' || part.name === 'entity_content');
  const file = parts.find((part) => part.name === 'file');
  const options = json === undefined ? undefined : readOptions(json.content);
  if (file === undefined || options === undefined) {
    return refuse(
      400,
      'INVALID_MULTIPART_REQUEST',
      'The request needs a JSON part with deployOptions and a part named file',
    );
  }
  const id = context.deploys.start({ zip: file.content, options, userId: context.userId, apiVersion });
  const { checkOnly, ignoreWarnings, rollbackOnError } = options;
  return {
    status: 201,
    json: {
      id,
      validatedDeployRequestId: null,
      deployOptions: options,
      deployResult: {
        id,
        success: false,
        checkOnly,
        ignoreWarnings,
        rollbackOnError,
        status: 'Pending',
        runTestsEnabled: false,
        done: false,
      },
    },
  };
}

function readOptions(json: Buffer): DeployOptions | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json.toString('utf8'));
  } catch {
    return undefined;
  }
  const given = (parsed as { deployOptions?: Partial<DeployOptions> } | null)?.deployOptions;
  if (typeof given !== 'object') return undefined;
  return {
    allowMissingFiles: given.allowMissingFiles === true,
    autoUpdatePackage: given.autoUpdatePackage === true,
    checkOnly: given.checkOnly === true,
    ignoreWarnings: given.ignoreWarnings === true,
    performRetrieve: given.performRetrieve === true,
    purgeOnDelete: given.purgeOnDelete === true,
    rollbackOnError: given.rollbackOnError === true,
    runTests: Array.isArray(given.runTests) ? given.runTests : [],
    singlePackage: given.singlePackage === true,
    testLevel: typeof given.testLevel === 'string' ? given.testLevel : undefined,
  };
}

function cancel(call: RestCall, context: RestContext, progress: DeployProgress, url: URL): RestReply {
  if (!/"status"\s*:\s*"Canceling"/.test(call.body.toString('utf8'))) {
    return refuse(400, 'INVALID_FIELD', 'The only change that a deployRequest takes is the status Canceling');
  }
  if (!context.deploys.cancel(progress.id, context.userId)) {
    return refuse(400, 'INVALID_ID_FIELD', 'Deployment already completed');
  }
  const canceled = context.deploys.progress(progress.id) ?? progress;
  return { status: 202, json: describe(canceled, true, url) };
}

function describe(progress: DeployProgress, includeDetails: boolean, url: URL): Record<string, unknown> {
  const { details, ...result } = deployResult(progress, includeDetails);
  return {
    id: progress.id,
    url: `${url.pathname}${url.search}`,
    deployResult: includeDetails ? { ...result, details: { ...(details as object), retrieveResult: null } } : result,
    deployOptions: progress.options,
  };
}

function refuse(status: number, errorCode: string, message: string): RestReply {
  return { status, json: [{ message, errorCode }] };
}

function notAllowed(method: string, allowed: string): RestReply {
  return refuse(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${allowed}`);
}
