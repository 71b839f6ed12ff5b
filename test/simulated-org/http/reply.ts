/** An answer before it is encoded and sent. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Buffer | AsyncIterable<Uint8Array>;
  readonly headers?: Readonly<Record<string, string>>;
}

export const JSON_TYPE = 'application/json;charset=UTF-8';

/** @param value serialised unless it is JSON text already. */
export function json(value: object | string, status = 200): Reply {
  return { status, contentType: JSON_TYPE, body: typeof value === 'string' ? value : JSON.stringify(value) };
}

export function xml(text: string, status = 200): Reply {
  return { status, contentType: 'text/xml;charset=UTF-8', body: text };
}

export const noContent = (): Reply => ({ status: 204, contentType: JSON_TYPE, body: '' });
