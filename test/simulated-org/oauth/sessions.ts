import { createHash } from 'node:crypto';
import { to15 } from '../ids.ts';

/** The user a session belongs to, with the permissions of this moment. */
export interface Caller {
  readonly userId: string;
  readonly permissions: Set<string>;
  readonly timeZone: string;
}

interface Session {
  readonly userId: string;
  readonly application: string;
  valid: boolean;
}

/** Access tokens that Salesforce keeps for one user of one connected app; issuing one more ends the oldest. */
const KEPT_PER_APPLICATION = 5;

/** Access and refresh tokens. They follow from the seed and the order in which they were asked for. */
export class Sessions {
  readonly #orgId: string;
  readonly #seed: number;
  readonly #sessions = new Map<string, Session>();
  readonly #issued = new Map<string, number>();

  constructor(orgId: string, seed: number) {
    this.#orgId = orgId;
    this.#seed = seed;
  }

  /** A new access token, `00D…!…`; `application` is the connected app's consumer key, or any other name for its origin. */
  issue(userId: string, application: string): string {
    const key = `${userId}/${application}`;
    const number = (this.#issued.get(key) ?? 0) + 1;
    this.#issued.set(key, number);
    const token = `${to15(this.#orgId)}!AQ${this.#digest(`access/${key}/${number}`, 94)}`;
    this.#sessions.set(token, { userId, application, valid: true });
    const own = [...this.#sessions.values()].filter(
      (session) => session.valid && session.userId === userId && session.application === application,
    );
    for (const session of own.slice(0, -KEPT_PER_APPLICATION)) session.valid = false;
    return token;
  }

  /** The one refresh token of a user; it stays valid. */
  refreshToken(userId: string): string {
    return `5Aep861${this.#digest(`refresh/${userId}`, 80)}`;
  }

  /** Id of the user whose valid session this is. */
  userOf(token: string): string | undefined {
    const session = this.#sessions.get(token);
    return session?.valid === true ? session.userId : undefined;
  }

  expire(token: string): void {
    const session = this.#sessions.get(token);
    if (session !== undefined) session.valid = false;
  }

  expireAll(): number {
    let expired = 0;
    for (const session of this.#sessions.values()) {
      if (session.valid) expired++;
      session.valid = false;
    }
    return expired;
  }

  #digest(purpose: string, length: number): string {
    const text = createHash('sha512').update(`${this.#seed}/${this.#orgId}/${purpose}`).digest('base64');
    return `${text}${text}`.replace(/[+/=]/g, '.').slice(0, length);
  }
}
