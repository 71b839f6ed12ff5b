import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/** Connected apps that may use the JWT bearer flow: consumer key to the public key of their certificate. */
export class ConnectedApps {
  /** The app that exists from the outset. */
  readonly defaultClientId: string;
  readonly #keys = new Map<string, KeyObject>();
  #generated: Promise<string> | undefined;

  constructor(defaultClientId: string) {
    this.defaultClientId = defaultClientId;
  }

  /** @param publicKey PEM of a public key or a certificate. */
  register(clientId: string, publicKey: string): void {
    this.#keys.set(clientId, createPublicKey(publicKey));
  }

  publicKeyOf(clientId: string): KeyObject | undefined {
    return this.#keys.get(clientId);
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
