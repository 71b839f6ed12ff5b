/**
 * What a page of ours may load: its own script and its own style, and nothing else from anywhere. No markup is made
 * from text (trusted types), no form is sent, and no request goes out.
 * @param nonce of the one script
 * @param source where VS Code serves the extension's files from
 */
export function webviewPolicy(nonce: string, source: string): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `connect-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
}
