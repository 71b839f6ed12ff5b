import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openLakeScene, ORG_ID, type LakeScene } from './lake-scene.ts';

const ENDLESS_ORG = '00D000000000002EAA';

/** Rows without end, in place of the one that names the org. */
const ENDLESS_VIEW = `CREATE VIEW org AS
  WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r)
  SELECT x AS org_id, x AS username, x AS instance_url FROM r`;

/** A workspace as somebody else sends it: its lakes are there to harm whoever opens them. */
export interface HostileScene extends LakeScene {
  /** Outside of the workspace; a link that is named as the worker's scratch leads to it. */
  readonly somewhere: string;
  /** Leaves the lake that is a real one, and takes away what harms. */
  disarm(): Promise<void>;
}

export async function openHostileScene(): Promise<HostileScene> {
  const scene = await openLakeScene();
  const somewhere = path.join(scene.folder, 'somewhere');
  await mkdir(somewhere);
  await writeFile(path.join(somewhere, 'canary.txt'), 'A file of the user, which is none of Orgwatch’s.\n');
  const real = path.join(scene.dataDir, ORG_ID);
  const link = path.join(real, 'tmp');
  await rm(link, { recursive: true, force: true });
  await symlink('../../../somewhere', link);
  const endless = path.join(scene.dataDir, ENDLESS_ORG);
  await mkdir(endless);
  await copyFile(path.join(real, 'ledger.sqlite'), path.join(endless, 'ledger.sqlite'));
  using ledger = new DatabaseSync(path.join(endless, 'ledger.sqlite'));
  ledger.exec(`PRAGMA journal_mode = DELETE; DROP TABLE org; ${ENDLESS_VIEW}`);
  await writeFile(path.join(scene.dataDir, '.gitignore'), '*\n');
  return {
    ...scene,
    somewhere,
    disarm: async () => {
      await rm(link);
      await rm(endless, { recursive: true });
    },
  };
}
