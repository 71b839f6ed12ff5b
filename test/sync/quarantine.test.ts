import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { checkText } from '../../extension/cli/check-text.ts';
import { statusText } from '../../extension/cli/status-text.ts';
import { syncText } from '../../extension/cli/sync-text.ts';
import { checkLake } from '../../extension/sync/check.ts';
import type { SyncReport } from '../../extension/sync/report.ts';
import { status } from '../../extension/sync/status.ts';
import { recordingTerminal } from '../cli/terminal.ts';
import { orgAndLake, type OrgAndLake } from './org-and-lake.ts';

const QUERY = /setup_audit_trail: .*1 record\. .*orgwatch query "SELECT \* FROM quarantine"/;
const MISFITS = /setup_audit_trail: .*1 value\. .*"SELECT \* FROM setup_audit_trail WHERE _misfits IS NOT NULL"/;

describe('records that cannot be read as rows', function () {
  this.timeout(120_000);
  let lab: OrgAndLake;
  let report: SyncReport;

  before(async () => {
    lab = await orgAndLake({ scenario: 'shield', scale: 0.02 });
    const time = new Date(Date.now() - 3_600_000).toISOString().replace('Z', '+0000');
    const records = [
      { Id: '0Ym000000000001AAA', Action: 'newUser', CreatedDate: time },
      { Id: '0Ym000000000002AAA', Action: 'newUser', CreatedDate: 'not a time' },
      'no record at all',
    ];
    const body = JSON.stringify({ totalSize: records.length, done: true, records });
    await lab.fault({ kind: 'answer', path: 'SetupAuditTrail', body, contentType: 'application/json' });
    report = await lab.sync({ sources: ['setup_audit_trail'] });
    await lab.noFaults();
  });
  after(() => lab[Symbol.asyncDispose]());

  it('are told by sync, status and check, with how to see them', async () => {
    const terminal = recordingTerminal();
    const [listed] = await status(lab.dataDir, lab.org.orgId, { stateDir: lab.stateDir });
    assert.ok(listed);
    const said = [
      syncText(report, terminal),
      statusText(listed, terminal, Date.now()),
      checkText(await checkLake({ dataDir: lab.dataDir, orgId: lab.org.orgId }), terminal),
    ];
    for (const text of said) {
      assert.match(text, QUERY);
      assert.match(text.replaceAll(/\. Not as/g, '.\nsetup_audit_trail: Not as'), MISFITS);
    }
    const source = listed.sources.find(({ source: name }) => name === 'setup_audit_trail');
    assert.deepEqual([source?.quarantined, source?.misfits], [1, 1]);
  });

  it('are shown by the view that they name', async () => {
    assert.deepEqual(await lab.query('SELECT source, event_type, error, text FROM quarantine'), [
      ['setup_audit_trail', null, 'NOT A RECORD', '"no record at all"'],
    ]);
    assert.equal((await lab.query('SELECT * FROM setup_audit_trail WHERE _misfits IS NOT NULL')).length, 1);
  });
});
