import { listAuthorizations } from '../org/authorization.ts';
import type { Door } from '../org/door.ts';
import { openDoor, type DoorOptions } from '../org/open-door.ts';

/** The administrator's door, and the account's own where sf is authorized for it. */
export interface PrepareDoors extends Disposable {
  readonly admin: Door;
  /** The account's door in this org; undefined where sf has no login of it. */
  of(username: string | undefined): Promise<Door | undefined>;
}

/** @param targetOrg an administrator's login. @throws OrgwatchError ORG_UNKNOWN */
export async function openPrepareDoors(targetOrg: string | undefined, options: DoorOptions): Promise<PrepareDoors> {
  const opened: Door[] = [];
  const close = (): void => {
    for (const door of opened) door.close();
  };
  try {
    const admin = await openDoor(targetOrg, options);
    opened.push(admin);
    return {
      admin,
      async of(username) {
        if (username === undefined) return undefined;
        const login = (await listAuthorizations()).find(
          (each) => each.username.toLowerCase() === username.toLowerCase() && each.orgId === admin.org.orgId,
        );
        if (login === undefined) return undefined;
        const door = await openDoor(login.username, options);
        opened.push(door);
        return door;
      },
      [Symbol.dispose]: close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
