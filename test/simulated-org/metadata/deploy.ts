import { failure, success, warning } from './deploy-message.ts';
import type { DeployMessage, DeployOptions, DeployStatus } from './deploy-result.ts';
import { planDeletions, type Deletion } from './deletions.ts';
import { isAppType } from './app-types.ts';
import { planAppPart } from './external-client-app.ts';
import { ComponentError } from './metadata-file.ts';
import { componentTypes, type Manifest, type Package, type PackageFile } from './package-zip.ts';
import { planPermissionSet } from './permission-set.ts';
import type { Plan } from './plan.ts';
import { planProfile } from './profile.ts';
import { planSettings } from './settings.ts';
import { decodeFullName } from './full-name.ts';
import type { MetadataStore, SetupChange } from './store.ts';

export interface DeployOutcome {
  readonly status: DeployStatus;
  readonly messages: readonly DeployMessage[];
  readonly changes: readonly SetupChange[];
}

interface Step {
  readonly message: DeployMessage;
  /** Undefined where the component failed. */
  readonly plan: Pick<Plan, 'changes' | 'commit'> | undefined;
  readonly stamp: string | undefined;
}

/**
 * Deploys a package: plans every component against the org as it is, then commits. With `rollbackOnError` one failure
 * means that nothing is committed; without it whatever can be done is done. `checkOnly` commits nothing.
 *
 * @param apiVersion version of the request, for packages that name none
 */
export function deployPackage(
  store: MetadataStore,
  pack: Package,
  options: DeployOptions,
  context: { readonly userId: string; readonly apiVersion: number },
): DeployOutcome {
  if ('problem' in pack.manifest) {
    return { status: 'Failed', messages: [failure('package.xml', '', 'package.xml', pack.manifest)], changes: [] };
  }
  const { manifest } = pack;
  const version = manifest.version ?? context.apiVersion;
  const steps = [
    ...manifestSteps(pack, manifest, options),
    ...planDeletions(store, pack.deletions).map((deletion) => deletionStep(deletion)),
    ...pack.files.map((file) => fileStep(store, file, pack.files, manifest, version, options)),
  ];
  const failed = steps.filter((step) => !step.message.success).length;
  const planned = steps.filter((step) => step.plan !== undefined);
  const commits = failed === 0 || !options.rollbackOnError ? planned : [];
  const changes: SetupChange[] = [];
  if (!options.checkOnly) {
    for (const { plan, message, stamp } of commits) {
      plan?.commit();
      if (stamp !== undefined && message.changed) {
        store.stamps.set(stamp, { userId: context.userId, date: store.state.now() });
      }
      changes.push(...(plan?.changes ?? []).map((change) => ({ ...change, userId: context.userId })));
    }
  }
  return { status: statusOf(failed, commits.length), messages: steps.map((step) => step.message), changes };
}

function statusOf(failed: number, committed: number): DeployStatus {
  if (failed === 0) return 'Succeeded';
  return committed > 0 ? 'SucceededPartial' : 'Failed';
}

function manifestSteps(pack: Package, manifest: Manifest, options: DeployOptions): Step[] {
  const problems = manifest.types.flatMap(({ name, members }): DeployMessage[] => {
    const type = componentTypes.find((candidate) => candidate.type === name);
    if (type === undefined) {
      const problem = `Unknown type name '${name}' specified in package.xml`;
      return [failure('package.xml', '', 'package.xml', { problem })];
    }
    return members
      .filter((member) => member !== '*' && !options.allowMissingFiles && !hasFile(pack, name, member))
      .map((member) =>
        failure('package.xml', name, member, {
          problem: `An object '${member}' of type ${name} was named in package.xml, but was not found in zipped directory`,
        }),
      );
  });
  const own: DeployMessage = {
    ...success('package.xml', '', 'package.xml'),
    changed: true,
  };
  return [own, ...problems].map((message) => ({ message, plan: undefined, stamp: undefined }));
}

function hasFile(pack: Package, type: string, member: string): boolean {
  return pack.files.some(
    (file) =>
      file.type === type && (file.fullName === member || decodeFullName(file.fullName) === decodeFullName(member)),
  );
}

function isListed(manifest: Manifest, file: PackageFile): boolean {
  return manifest.types.some(
    ({ name, members }) =>
      name === file.type &&
      members.some((member) => member === '*' || decodeFullName(member) === decodeFullName(file.fullName)),
  );
}

function fileStep(
  store: MetadataStore,
  file: PackageFile,
  files: Package['files'],
  manifest: Manifest,
  apiVersion: number,
  options: DeployOptions,
): Step {
  if (!isListed(manifest, file)) {
    const message = warning(success(file.path, file.type, file.fullName), 'Not in package.xml', options);
    return { message, plan: undefined, stamp: undefined };
  }
  try {
    const plan = planFile(store, file, files, apiVersion);
    const message: DeployMessage = {
      ...success(file.path, file.type, file.fullName),
      changed: plan.changed,
      created: plan.created,
      ...(plan.id === undefined || (plan.created && options.checkOnly) ? {} : { id: plan.id }),
    };
    return { message, plan, stamp: `${file.type}:${decodeFullName(file.fullName)}` };
  } catch (error) {
    if (!(error instanceof ComponentError)) throw error;
    const type = file.type === 'Settings' ? `${file.fullName}Settings` : file.type;
    const message = failure(file.path, type, file.fullName, {
      problem: error.message,
      ...(error.line === undefined ? {} : { line: error.line }),
      ...(error.column === undefined ? {} : { column: error.column }),
    });
    return { message, plan: undefined, stamp: undefined };
  }
}

function planFile(store: MetadataStore, file: PackageFile, files: Package['files'], apiVersion: number): Plan {
  if (file.type === 'Profile') return planProfile(store, file.fullName, file.content, apiVersion);
  if (file.type === 'PermissionSet') return planPermissionSet(store, file.fullName, file.content);
  if (isAppType(file.type)) return planAppPart(store, file.type, file.fullName, file.content, files);
  return planSettings(store, file.fullName, file.content);
}

function deletionStep(deletion: Deletion): Step {
  const { fileName, type, fullName, plan } = deletion;
  if (plan === undefined) {
    const missing = success(fileName, type, fileName);
    return {
      message: warning(missing, `No ${type} named: ${fullName} found`, { ignoreWarnings: true }),
      plan,
      stamp: undefined,
    };
  }
  if ('problem' in plan) return { message: failure(fileName, type, fullName, plan), plan: undefined, stamp: undefined };
  return {
    message: { ...success(fileName, type, fullName), deleted: true, changed: true, id: plan.id },
    plan,
    stamp: undefined,
  };
}
