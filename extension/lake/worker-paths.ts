import type { OrgFolder } from './storage-folder.ts';
import type { WorkerTask } from './worker-protocol.ts';

/**
 * DuckDB opens files by their path, and follows links: those that a task has it read are looked at just before.
 * @throws OrgwatchError UNSAFE_PATH
 */
export function checkPaths(folder: OrgFolder, task: WorkerTask): void {
  const known = new Set<string>();
  for (const file of pathsOf(task)) folder.checked(file, known);
}

function pathsOf(task: WorkerTask): readonly string[] {
  switch (task.kind) {
    case 'query':
    case 'keep':
      return task.query.views.flatMap(({ files, bundles = [], partial = [] }) => [...files, ...bundles, ...partial]);
    case 'publish':
    case 'count':
      return task.job.inputs.map(({ path }) => path);
    case 'publish-all':
      return task.jobs.flatMap(({ inputs }) => inputs.map(({ path }) => path));
    case 'bundle':
      return task.job.units.map(({ path, bundle }) => bundle ?? path);
    case 'inspect':
      return task.files;
    case 'inspect-bundle':
    case 'describe':
      return [task.file];
    case 'measure':
    case 'page':
    case 'export':
    case 'drop':
      return [];
  }
}
