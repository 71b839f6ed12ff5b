import { openCalls } from '../lake/calls.ts';
import { listAuthorizations } from '../org/authorization.ts';
import type { Door } from '../org/door.ts';
import { openDoor } from '../org/open-door.ts';

/** The administrator's door, and the account's own where sf is authorized for it. */
export interface PrepareDoors extends Disposable {
  readonly admin: Door;
  /** The account's door in this org; undefined where sf has no login of it. */
  of(username: string | undefined): Promise<Door | undefined>;
}

export async function openPrepareDoors(targetOrg: string | undefined): Promise<PrepareDoors> {
  const calls = openCalls();
  const opened: Door[] = [];
  const close = (): void => {
    for (const door of opened) door.close();
    calls[Symbol.dispose]();
  };
  try {
    const admin = await openDoor(targetOrg, { calls });
    opened.push(admin);
    return {
      admin,
      async of(username) {
        if (username === undefined) return undefined;
        const login = (await listAuthorizations()).find(
          (each) => each.username.toLowerCase() === username.toLowerCase() && each.orgId === admin.org.orgId,
        );
        if (login === undefined) return undefined;
        const door = await openDoor(login.username, { calls });
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
