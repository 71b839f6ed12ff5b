import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openScene, type Scene } from './scene.ts';
import { openWindow, type Window } from './window.ts';

describe('an administrator with VS Code', function () {
  this.timeout(180_000);
  let scene: Scene;
  let window: Window;

  before(async () => {
    scene = await openScene();
    await scene.authorizeAdmin();
    window = await openWindow(scene, { 'workbench.editor.enablePreview': false });
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  it('opens the walkthrough, where the first step is done already and the others are not', async () => {
    const { workbench } = window;
    await workbench.openWalkthrough('Get your org’s security events');
    await workbench.walkthroughStep('connect', true).waitFor();
    for (const step of ['prepare', 'verify', 'sync'])
      assert.ok(await workbench.walkthroughStep(step, false).count(), step);
  });

  it('prepares the fresh org: picks the account, tries it dry, confirms, and reads before and after', async () => {
    const { workbench } = window;
    await workbench.run('Orgwatch: Prepare Org');
    await workbench.choose('chief');
    await workbench.choose(scene.fresh.username);
    await workbench.choose('All that the connector reads');
    await workbench.rows('Deploy the connector profile').waitFor();
    const offered = await workbench.quickInput().innerText();
    assert.match(offered, /deploying a profile gives it to nobody/, 'each step says why');
    await workbench.tab('chief – Prepare').waitFor();
    await workbench.page.keyboard.press('Enter');

    const question = await workbench.dialog().innerText();
    assert.match(question, /Prepare “.+” \(production\) as chief\?/);
    assert.match(question, /Deploy the connector profile/);
    await workbench.press('Dry Run');
    await workbench.webview().getByText('The dry run went through. Nothing was changed.').waitFor();
    assert.equal(await deployments(scene), 0, 'a dry run changes nothing');

    await workbench.press('Prepare');
    await workbench.webview().getByText('Done: events can flow.').waitFor();
    const report = await workbench.webview().locator('body').innerText();
    assert.match(report, /Verify before and after/);
    assert.match(report, /The connector profile is deployed and assigned\s+Fail\s+Pass/);
    assert.match(report, /Permission: View All Data\s+Fail\s+Pass/);
    assert.equal(await deployments(scene), 1);
  });

  it('finds the steps of the walkthrough done by themselves', async () => {
    const { workbench } = window;
    await workbench.tab('Welcome').click();
    for (const step of ['connect', 'prepare', 'verify']) await workbench.walkthroughStep(step, true).waitFor();
    assert.ok(await workbench.walkthroughStep('sync', false).count());
  });

  it('takes it back: sees who has the profile, and removes what nobody holds', async () => {
    const { workbench } = window;
    await workbench.run('Orgwatch: Unprepare Org');
    await workbench.choose('chief');
    await workbench.rows('Defender_for_Cloud_Apps_Connector').waitFor();
    const offered = await workbench.quickInput().innerText();
    assert.ok(offered.includes(`Held by ${scene.fresh.username}`));
    await workbench.page.keyboard.press('Enter');
    assert.match(await workbench.dialog().innerText(), /\(production\) as chief\?/);
    await workbench.press('Remove');
    await workbench.webviewWith('text="Removed."');
  });
});

/** How many connector profiles the org has. */
async function deployments({ fresh }: Scene): Promise<number> {
  const response = await fetch(new URL('/state', fresh.controlUrl));
  return (await response.text()).includes('"Defender for Cloud Apps Connector"') ? 1 : 0;
}
