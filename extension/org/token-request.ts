import { t } from '@vscode/l10n';
import { sign } from 'node:crypto';
import { OrgwatchError } from '../shared/errors.ts';
import { version } from '../shared/version.ts';
import { MOST_ERROR_BYTES } from './answer-limits.ts';
import { buffer } from './buffer.ts';
import { invalid, parseJson, recordOf } from './query.ts';
import { isPassing } from './refusal-codes.ts';
import { Transport } from './transport.ts';

/** What Salesforce answers to a request for an access token, as far as it is used here. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly instance_url: string;
  /** Address that ends in the ids of the org and the user. */
  readonly id: string;
  /** A new one, where the connected app has its refresh tokens rotated. */
  readonly refresh_token: string | undefined;
}

/** An answer has a kilobyte and takes a second. */
const TIMEOUTS = { headers: 60_000, stall: 30_000, whole: 60_000 };

/**
 * Asks the token endpoint of a login host for an access token.
 * @throws OrgwatchError where it says nothing of the login: nobody answered, or not to the end; Error where it refuses,
 *   with OAuth's `error` and `error_description` as its message, or `ERROR_HTTP_403` where neither is told
 */
export async function requestToken(loginUrl: string, form: Readonly<Record<string, string>>): Promise<TokenAnswer> {
  const transport = new Transport(TIMEOUTS);
  try {
    const { status, body } = await transport.send({
      url: new URL(`${loginUrl.replace(/\/+$/, '')}/services/oauth2/token`),
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': `orgwatch/${version}`,
      },
      body: new URLSearchParams(form).toString(),
      mostBytes: MOST_ERROR_BYTES,
    });
    const bytes = await buffer(body);
    if (status !== 200) throw refusal(status, bytes);
    const purpose = t('renew the session');
    const { access_token, instance_url, id, refresh_token } = recordOf(parseJson(bytes, purpose));
    if (typeof access_token !== 'string' || typeof instance_url !== 'string' || typeof id !== 'string') {
      throw invalid(purpose);
    }
    return {
      access_token,
      instance_url,
      id,
      refresh_token: typeof refresh_token === 'string' ? refresh_token : undefined,
    };
  } finally {
    transport.close();
  }
}

/** What the token endpoint refuses with; where something before it does, the status is all that is known. */
function refusal(status: number, bytes: Buffer): Error {
  const { error, error_description: description } = oauthError(bytes);
  if (typeof error === 'string') {
    return new Error(typeof description === 'string' ? `${error}: ${description}` : error);
  }
  if (!isPassing(status)) return new Error(`ERROR_HTTP_${status}`);
  return new OrgwatchError('ORG_UNREACHABLE', t('status {0}', status), { retryable: true });
}

function oauthError(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    return recordOf(parseJson(bytes, ''));
  } catch {
    return {};
  }
}

/** The form of a request by JWT, signed with a private key in PEM; the same that sf sends. */
export function jwtForm(
  clientId: string,
  username: string,
  audience: string,
  privateKey: string,
): Record<string, string> {
  // Milliseconds where seconds are meant: as from sf, it never expires, whatever the clock of this machine says.
  const claims = { iss: clientId, sub: username, aud: audience, exp: Date.now() + 300 };
  const signed = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded(claims)}`;
  const assertion = `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
  return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
