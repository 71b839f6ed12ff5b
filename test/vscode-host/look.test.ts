import assert from 'node:assert/strict';
import { rename, writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'mocha';
import { dashboardSeriesOf } from '../../extension/insights/dashboard.ts';
import { startOfRange } from '../../extension/insights/series.ts';
import { insightViews } from '../../extension/insights/views.ts';
import { openLedger } from '../../extension/lake/ledger.ts';
import { lakePaths } from '../../extension/lake/paths.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import { openLakeScene, ORG_ID, type LakeScene } from './lake-scene.ts';
import { openWindow, type Window } from './window.ts';

describe('a person who looks at the events', function () {
  this.timeout(600_000);
  let scene: LakeScene;
  let window: Window;

  before(async () => {
    scene = await openLakeScene();
    window = await openWindow(scene);
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  it('sees in the dashboard what SQL says', async () => {
    await window.workbench.run('Orgwatch: Open Dashboard');
    const dashboard = await window.workbench.webviewWith('#sign-ins-by-country .bar');
    const bars = dashboard.locator('#sign-ins-by-country .bar');
    const shown: (string | null)[] = [];
    for (const bar of await bars.all()) shown.push(await bar.getAttribute('aria-label'));
    const expected = await rowsOf(scene, 'sign-ins-by-country');
    assert.ok(expected.length > 3);
    assert.deepEqual(
      shown,
      expected.map(([country, success, failure, unknown]) => {
        const label = typeof country === 'string' ? country : 'Unknown';
        return `${label}: ${String(success)} Success, ${String(failure)} Failure, ${String(unknown)} Unknown. Show rows`;
      }),
    );
    await dashboard
      .locator('#freshness tr', { hasText: 'Sign-ins' })
      .getByText(await signIns(scene))
      .waitFor();
    await dashboard.locator('#allocation').getByText('58,760').waitFor();
  });

  it('is told on every card of the dashboard that the ledger cannot be read, and sees the numbers once it can', async () => {
    const dashboard = await window.workbench.webviewWith('#sign-ins-by-country .bar');
    const { ledger } = lakePaths(scene.dataDir, ORG_ID);
    const rows = await signIns(scene);
    await rename(ledger, `${ledger}.kept`);
    await writeFile(ledger, 'x'.repeat(4096));
    await dashboard.locator('#refresh').click();
    const cards = await dashboard.locator('.card').all();
    assert.equal(cards.length, 9);
    for (const card of cards) await card.getByRole('alert').getByText('The ledger').waitFor();
    await rename(`${ledger}.kept`, ledger);
    await dashboard.locator('#refresh').click();
    await dashboard.locator('#sign-ins-by-country .bar').first().waitFor();
    await dashboard.locator('#freshness tr', { hasText: 'Sign-ins' }).getByText(rows).waitFor();
    for (const card of cards) await card.getByRole('alert').waitFor({ state: 'detached' });
  });
});

/** What a series of the dashboard says, asked of the same lake in another way: not through VS Code. */
async function rowsOf(scene: LakeScene, id: string) {
  const series = dashboardSeriesOf(id);
  assert.ok(series);
  return ask(scene, series.sql('30', startOfRange('30', Date.now())));
}

/** How many there are, as the dashboard writes it; it depends on the day of the week. */
async function signIns(scene: LakeScene): Promise<string> {
  const [row] = await ask(scene, 'SELECT count(*) FROM login_history');
  return Number(row?.[0]).toLocaleString('en');
}

async function ask({ dataDir }: LakeScene, sql: string) {
  using ledger = openLedger(dataDir, ORG_ID);
  await using worker = openLakeWorker({ dataFolder: ledger.paths.folder });
  return (await worker.query({ sql, units: ledger.units.published(), views: insightViews })).rows;
}
