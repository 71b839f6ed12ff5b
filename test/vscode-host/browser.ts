import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function chromiumPath(): string {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter))
    for (const name of names) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        continue;
      }
    }
  throw new Error(`None of ${names.join(', ')} is on the PATH; bash scripts/test.sh installs chromium.`);
}

/** A headless Chromium with a profile of its own in `profile`; the caller closes it. */
export async function openBrowser(profile: string): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    headless: true,
    viewport: { width: 1280, height: 800 },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // The workbench talks to its server over a WebSocket on loopback.
      '--disable-features=LocalNetworkAccessChecks',
    ],
  });
  // A loaded machine takes its time to start a workbench; below the tests' own limits, which do not say what is missing.
  context.setDefaultTimeout(90_000);
  return context;
}
