import type * as vscode from 'vscode';
import type { AuthorizationSummary } from '../../org/authorization.ts';
import { messageOf } from '../../shared/errors.ts';
import { dataFolders } from '../data-folder.ts';
import { onlyOrgs, quotaPolicy } from '../settings.ts';
import { isTrusted } from '../trust.ts';
import { knownOrgs, type KnownOrg } from './known-orgs.ts';

/** What the views show of orgs: read once, and again after something changed. */
export class OrgList {
  readonly #log: vscode.LogOutputChannel;
  #logins: Promise<readonly AuthorizationSummary[] | undefined> | undefined;
  #orgs: Promise<readonly KnownOrg[]> | undefined;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  /** True when the logins were read: reading again costs no more than the ledgers. */
  get isRead(): boolean {
    return this.#logins !== undefined;
  }

  /** Never rejects: what cannot be read is told in the log, and of the others. */
  read(): Promise<readonly KnownOrg[]> {
    this.#orgs ??= this.#readNow();
    return this.#orgs;
  }

  /** Only the lakes, as if all were authorized: loads nothing of Salesforce's. */
  async readLakes(): Promise<readonly KnownOrg[]> {
    return knownOrgs(undefined, await this.#lakes(), onlyOrgs());
  }

  /** What a ledger says changed. */
  forgetLakes(): void {
    this.#orgs = undefined;
  }

  /** What sf is authorized for changed too. */
  forget(): void {
    this.#logins = undefined;
    this.#orgs = undefined;
  }

  async #readNow(): Promise<readonly KnownOrg[]> {
    this.#logins ??= this.#readLogins();
    const [logins, folders] = await Promise.all([this.#logins, this.#lakes()]);
    return knownOrgs(logins, folders, onlyOrgs());
  }

  async #readLogins(): Promise<readonly AuthorizationSummary[] | undefined> {
    if (!isTrusted()) return undefined;
    try {
      const { listAuthorizations } = await import('../../org/authorization.ts');
      return await listAuthorizations();
    } catch (error) {
      this.#log.warn(`The logins of sf could not be read: ${messageOf(error)}`);
      return undefined;
    }
  }

  async #lakes(): Promise<Parameters<typeof knownOrgs>[1]> {
    try {
      const { overview } = await import('../../sync/overview.ts');
      return dataFolders().map((dataDir) => ({ dataDir, lakes: overview(dataDir, { quota: quotaPolicy() }) }));
    } catch (error) {
      this.#log.warn(`The lakes could not be read: ${messageOf(error)}`);
      return [];
    }
  }
}
