import { t } from '@vscode/l10n';
import { sleep } from '../shared/abort.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { unusable } from './answer-limits.ts';
import type { Door } from './door.ts';
import { recordOf } from './query.ts';
import { zipOf, type Package } from './deploy-package.ts';

export interface DeployOptions {
  /** Finds out whether it would succeed, and changes nothing. */
  readonly checkOnly?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Told of each status: `Pending`, `InProgress` … */
  readonly onStatus?: (status: string) => void;
}

export interface DeployedComponent {
  readonly fullName: string;
  readonly what: 'created' | 'changed' | 'deleted' | 'unchanged';
}

export interface DeployProblem {
  readonly fullName: string;
  /** Salesforce's own words. */
  readonly problem: string;
}

export interface DeployOutcome {
  readonly succeeded: boolean;
  readonly status: string;
  readonly components: readonly DeployedComponent[];
  readonly problems: readonly DeployProblem[];
}

type Node = Readonly<Record<string, unknown>>;

/** Of the job that a deployment is: `0Af…`. */
const JOB_ID = /^[a-zA-Z0-9]{15,18}$/;

/** Between two looks at a deployment, in ms: each look is a call that counts. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 5_000;
const LONGER = 1.6;
/** Looks, at most: about ten minutes. */
const MOST_LOOKS = 130;

/**
 * Deploys a package all or nothing, and waits for the end. Each request passes the door, the looks at its status too.
 * Source: Metadata API Developer Guide, "deploy()", "checkDeployStatus()".
 * @throws OrgwatchError whatever the door throws; SERVER_ERROR when it does not end
 */
export async function deploy(door: Door, contents: Package, options: DeployOptions = {}): Promise<DeployOutcome> {
  const { checkOnly = false, signal, onStatus } = options;
  const abort = signal ? { signal } : {};
  const started = await door.metadata<unknown>(
    'deploy',
    `<deploy xmlns="http://soap.sforce.com/2006/04/metadata"><ZipFile>${await zipOf(contents)}</ZipFile>` +
      `<DeployOptions><checkOnly>${checkOnly}</checkOnly><ignoreWarnings>false</ignoreWarnings>` +
      '<rollbackOnError>true</rollbackOnError><singlePackage>true</singlePackage></DeployOptions></deploy>',
    abort,
  );
  const id = text(recordOf(started)['id']);
  if (!JOB_ID.test(id)) throw unusable(t('The answer to {0} is not the expected SOAP message.', 'deploy'));
  let wait = FIRST_WAIT;
  for (let look = 0; look < MOST_LOOKS; look++) {
    await sleep(wait, signal);
    const answer = await door.metadata<unknown>(
      'checkDeployStatus',
      `<checkDeployStatus xmlns="http://soap.sforce.com/2006/04/metadata"><asyncProcessId>${id}</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>`,
      abort,
    );
    const result = recordOf(answer);
    onStatus?.(text(result['status']));
    if (text(result['done']) === 'true') return outcomeOf(result);
    wait = Math.min(LONGEST_WAIT, wait * LONGER);
  }
  throw new OrgwatchError('SERVER_ERROR', t('The deployment {0} did not end.', id), {
    actions: [t('Look at Setup › {0}.', t('Environments › Deploy › Deployment Status'))],
    retryable: true,
  });
}

function outcomeOf(result: Node): DeployOutcome {
  const details = recordOf(result['details']);
  const own = (name: string): readonly Node[] =>
    nodes(details[name]).filter((each) => text(each['componentType']) !== '');
  return {
    succeeded: text(result['success']) === 'true',
    status: text(result['status']),
    components: own('componentSuccesses').map((each) => ({ fullName: text(each['fullName']), what: whatOf(each) })),
    problems: problemsOf(result, details),
  };
}

function problemsOf(result: Node, details: Node): readonly DeployProblem[] {
  const problems = nodes(details['componentFailures']).map((each) => ({
    fullName: text(each['fullName']),
    problem: text(each['problem']),
  }));
  const overall = text(result['errorMessage']);
  return overall === '' ? problems : [...problems, { fullName: 'package.xml', problem: overall }];
}

function whatOf(component: Node): DeployedComponent['what'] {
  return (['deleted', 'created', 'changed'] as const).find((flag) => text(component[flag]) === 'true') ?? 'unchanged';
}

function nodes(value: unknown): readonly Node[] {
  const all: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return all.filter((each): each is Node => typeof each === 'object' && each !== null);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
