import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { after, before, describe, it } from 'mocha';
import { openLakeScene, type LakeScene } from './lake-scene.ts';
import { openWindow, type Window } from './window.ts';

describe('a person who looks at the dashboard without a mouse', function () {
  this.timeout(600_000);
  let scene: LakeScene;
  let window: Window;
  let dashboard: Frame;
  const asked: string[] = [];

  before(async () => {
    scene = await openLakeScene();
    window = await openWindow(scene);
    const { page } = window.workbench;
    page.on('request', (request) => asked.push(request.url()));
    await window.workbench.run('Orgwatch: Open Dashboard');
    dashboard = await window.workbench.webviewWith('#sign-ins-by-country .bar');
    await dashboard.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  it('picks another range by an arrow key', async () => {
    const { page } = window.workbench;
    await dashboard.getByRole('radio', { name: '30 days' }).focus();
    await page.keyboard.press('ArrowLeft');
    await dashboard.getByRole('radio', { name: '7 days', checked: true }).waitFor();
    await page.keyboard.press('ArrowRight');
    await dashboard.getByRole('radio', { name: '30 days', checked: true }).waitFor();
    await dashboard.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  });

  it('reads every chart as a table with the same numbers', async () => {
    const bars = await dashboard.locator('#sign-ins-by-country .bar').count();
    const toTable = dashboard.getByRole('button', { name: /: Table$/ });
    const charts = await toTable.count();
    assert.equal(charts, 7, 'all cards but the allocation and the freshness, which are tables already');
    for (let left = charts; left > 0; left--) {
      await toTable.first().focus();
      await window.workbench.page.keyboard.press('Enter');
    }
    assert.equal(await dashboard.getByRole('table').count(), charts + 2);
    assert.equal(await dashboard.locator('#sign-ins-by-country tbody tr').count(), bars);
  });

  it('looks at a page that lets nothing but its own script in, and asks nobody for anything', async () => {
    const policy = await dashboard.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    const rest = `connect-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
    const [start = '', end] = (policy ?? '').split(/(?=connect-src)/);
    assert.match(start, /^default-src 'none'; script-src 'nonce-[\w-]+'; style-src [^;]+; $/);
    assert.equal(end, rest);
    const elsewhere = asked.filter((url) => !['127.0.0.1', ''].includes(new URL(url).hostname));
    assert.deepEqual(
      elsewhere.filter((url) => !new URL(url).hostname.endsWith('.vscode-cdn.net')),
      [],
    );
  });

  it('opens the rows behind a number by Enter', async () => {
    await dashboard.locator('#sign-ins-by-country tbody button').first().focus();
    await window.workbench.page.keyboard.press('Enter');
    await (await window.workbench.webviewWith('[role="gridcell"]')).locator('[role="gridcell"]').first().waitFor();
  });
});
