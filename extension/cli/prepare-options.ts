import type { Command } from 'commander';
import { STEPS, type StepId } from '../prerequisites/prepare-report.ts';
import { isEmail, usernameFor } from '../prerequisites/prepare-account.ts';
import type { Wishes } from '../prerequisites/prepare-plan.ts';
import { OrgwatchError } from '../shared/errors.ts';
import type { CommonOptions } from './target.ts';

export interface PrepareCommandOptions extends CommonOptions {
  readonly serviceAccount?: string;
  readonly createServiceAccount?: true;
  readonly email?: string;
  readonly name: string;
  readonly only?: readonly string[];
  readonly leastPrivilege?: true;
  readonly dryRun?: true;
  readonly yes?: true;
}

export function withPrepareOptions(command: Command): Command {
  return command
    .option('--service-account <username>', 'the account that is to collect')
    .option('--create-service-account', 'create that account; its username is made from --email where none is given')
    .option('--email <address>', 'where Salesforce writes to about the created account')
    .option('--name <name>', 'last name of the created account', 'Orgwatch Connector')
    .option('--only <step...>', `only these steps: ${STEPS.join(', ')}`)
    .option(
      '--least-privilege',
      'a permission set for sign-ins, Setup changes and event log files in place of the profile',
    )
    .option('--dry-run', 'let the org check the deploys, and change nothing')
    .option('--yes', 'do not ask');
}

/** @throws OrgwatchError USAGE */
export function wishesOf(options: PrepareCommandOptions, orgId: string): Wishes {
  const { serviceAccount, createServiceAccount, email, name, leastPrivilege } = options;
  const only = options.only?.flatMap((each) => each.split(',')).map((each) => stepNamed(each.trim()));
  if (createServiceAccount !== true) {
    if (email !== undefined) throw usage('--email goes with --create-service-account.');
    return { account: serviceAccount, create: undefined, only, leastPrivilege: leastPrivilege === true };
  }
  if (email === undefined || !isEmail(email)) {
    throw usage('--create-service-account takes --email, an address that somebody reads.');
  }
  const username = serviceAccount ?? usernameFor(email, orgId);
  return {
    account: username,
    create: { username, email, lastName: name },
    only,
    leastPrivilege: leastPrivilege === true,
  };
}

function stepNamed(typed: string): StepId {
  const step = STEPS.find((each) => each === typed);
  if (step !== undefined) return step;
  throw usage(`There is no step “${typed}”.`, `Steps: ${STEPS.join(', ')}.`);
}

function usage(message: string, action = 'orgwatch prepare --help'): OrgwatchError {
  return new OrgwatchError('USAGE', message, { actions: [action] });
}
