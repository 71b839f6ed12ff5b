import { escaped, replaced, TOKENS, type Replacement } from '../shared/redact.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { SalesforceRefusal } from './refusal.ts';

/** Shorter ones are no secrets, and would cut words out of messages. */
const SHORTEST = 12;

/** So many characters tell a token, also where a message was cut off in the middle of it. */
const BEGINNING = 24;

/**
 * The tokens of one login, cut out of everything that is told: an org, or an edge before it, may repeat what it was
 * sent. Finds each by its value (also in an address, in base64, and cut short) and session ids and JWTs by their form.
 */
export class Secrets {
  readonly #known = new Set<string>();
  #values: Replacement[] = [];

  /** From now on this is a secret, for as long as the client lives: a token that was renewed may still be told. True if it was none. */
  note(secret: string): boolean {
    if (secret.length < SHORTEST || this.#known.has(secret)) return false;
    this.#known.add(secret);
    this.#values.push(...formsOf(secret));
    return true;
  }

  /** The text without secrets. */
  readonly clean = (text: string): string => replaced(text, [...this.#values, ...TOKENS]);

  /** A parsed answer without secrets in its strings. */
  cleanValue(value: unknown): unknown {
    if (typeof value === 'string') return this.clean(value);
    if (Array.isArray(value)) return value.map((each) => this.cleanValue(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [this.clean(name), this.cleanValue(each)]));
  }

  /** The error without secrets in its message, its actions and its causes; itself where there are none. */
  cleanError(error: unknown): unknown {
    if (!(error instanceof Error)) return typeof error === 'string' ? this.clean(error) : error;
    const message = this.clean(error.message);
    const cause = this.cleanError(error.cause);
    const isClean = message === error.message && cause === error.cause;
    if (error instanceof OrgwatchError) {
      const actions = error.actions.map(this.clean);
      if (isClean && actions.every((action, index) => action === error.actions[index])) return error;
      return new OrgwatchError(error.code, message, { actions, retryable: error.retryable, cause });
    }
    if (error instanceof SalesforceRefusal) {
      const { status, errorCode, fields } = error;
      const parts = [this.clean(errorCode), fields.map(this.clean)] as const;
      return new SalesforceRefusal(status, parts[0], message, parts[1]);
    }
    if (isClean) return error;
    const { code } = error as NodeJS.ErrnoException;
    return Object.assign(new Error(message, { cause }), code === undefined ? {} : { code });
  }
}

function formsOf(secret: string): Replacement[] {
  const beginnings = new Set([secret, encodeURIComponent(secret)].map((form) => form.slice(0, BEGINNING)));
  const forms = [
    ...[...beginnings].map((beginning) => String.raw`${escaped(beginning)}[\w.!%+/=-]*`),
    ...inBase64(secret).map(escaped),
  ];
  return forms.map((form) => [new RegExp(form, 'g'), '<token>']);
}

/** What is sure to stand in the base64 of any text that holds the secret: it may begin at any of three bit offsets. */
function inBase64(secret: string): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    const encoded = bytes.toString('base64').replace(/=+$/, '');
    const sure = encoded.slice(offset === 0 ? 0 : offset + 1, bytes.length % 3 === 0 ? undefined : -1);
    return [...new Set([sure, sure.replaceAll('+', '-').replaceAll('/', '_')])];
  });
}
