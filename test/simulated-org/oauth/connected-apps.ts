import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

export interface App {
  readonly publicKey: KeyObject;
  /** Names of the profiles whose users are let in; undefined: all. */
  readonly profiles: readonly string[] | undefined;
}

/** Connected apps and External Client Apps that may use the JWT bearer flow. */
export class ConnectedApps {
  /** The app that exists from the outset. */
  readonly defaultClientId: string;
  readonly #apps = new Map<string, App>();
  #generated: Promise<string> | undefined;

  constructor(defaultClientId: string) {
    this.defaultClientId = defaultClientId;
  }

  /**
   * @param publicKey PEM of a public key or a certificate
   * @param profiles names of the profiles whose users are let in; undefined: all
   */
  register(clientId: string, publicKey: string, profiles?: readonly string[]): void {
    this.#apps.set(clientId, { publicKey: createPublicKey(publicKey), profiles });
  }

  find(clientId: string): App | undefined {
    return this.#apps.get(clientId);
  }

  /** PEM of the default app's private key. The pair is made when first asked for, so no key lies in the repository. */
  async defaultPrivateKey(): Promise<string> {
    this.#generated ??= promisify(generateKeyPair)('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    }).then(({ publicKey, privateKey }) => {
      this.register(this.defaultClientId, publicKey);
      return privateKey;
    });
    return await this.#generated;
  }
}
