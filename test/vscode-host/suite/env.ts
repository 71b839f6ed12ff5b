/** What the suite is told about the scene, through the environment of VS Code's process. */
export interface SuiteScene {
  readonly workspace: string;
  readonly ready: SuiteOrg;
  readonly fresh: SuiteOrg;
  /** The metadata that an org is prepared with. */
  readonly forceApp: string;
}

export interface SuiteOrg {
  readonly orgId: string;
  readonly username: string;
  readonly controlUrl: string;
  readonly instanceUrl: string;
  readonly accessToken: string;
}

const SCENE = 'ORGWATCH_SUITE_SCENE';
const REPORT = 'ORGWATCH_SUITE_REPORT';

/** @param report where the suite writes what it says, when its own output is seen by nobody */
export function suiteEnv({ workspace, ready, fresh, forceApp }: SuiteScene, report?: string): Record<string, string> {
  const org = ({ orgId, username, controlUrl, instanceUrl, accessToken }: SuiteOrg): SuiteOrg => ({
    orgId,
    username,
    controlUrl,
    instanceUrl,
    accessToken,
  });
  const scene: SuiteScene = { workspace, ready: org(ready), fresh: org(fresh), forceApp };
  return { [SCENE]: JSON.stringify(scene), ...(report === undefined ? {} : { [REPORT]: report }) };
}

export function suiteScene(): SuiteScene {
  return JSON.parse(process.env[SCENE] ?? '') as SuiteScene;
}

export function suiteReport(): string | undefined {
  return process.env[REPORT];
}
