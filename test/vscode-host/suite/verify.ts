import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { COMMANDS } from '../../../extension/ui/ids.ts';
import { suiteScene } from './env.ts';
import { reportOf } from './report.ts';

describe('Orgwatch: Verify Prerequisites', () => {
  const { ready, fresh } = suiteScene();

  it('says of a prepared org that events can flow, and what Salesforce answered', async () => {
    const text = await reportOf(COMMANDS.verifyPrerequisites, 'ready');
    assert.match(text, /Everything holds: events can flow\./);
    assert.match(text, new RegExp(ready.orgId));
    for (const permission of ['API Enabled', 'View All Data', 'Manage Users', 'Query All Files'])
      assert.ok(text.includes(permission), permission);
    assert.doesNotMatch(text, />Fail</);
  });

  it('says of a fresh org what fails, and the command that mends it', async () => {
    const text = await reportOf(COMMANDS.verifyPrerequisites, 'fresh');
    assert.match(text, /Not ready yet\./);
    assert.match(text, new RegExp(fresh.orgId));
    assert.match(text, />Fail</);
    assert.match(text, /sf project deploy start/);
  });
});
