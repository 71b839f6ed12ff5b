import * as vscode from 'vscode';

/** Sets context keys, which `when` and `enablement` clauses of package.json ask for. */
export async function setContexts(values: Readonly<Record<string, unknown>>): Promise<void> {
  const set = ([key, value]: [string, unknown]) => vscode.commands.executeCommand('setContext', key, value);
  await Promise.all(Object.entries(values).map(set));
}
