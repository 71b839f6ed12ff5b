import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { profileFile, zipOf } from '../simulated-org/metadata/harness.ts';
import { startSimulatedOrg, type SimulatedOrg } from '../simulated-org/server.ts';
import { ask, query } from './ask.ts';

const SOAP = '/services/Soap/m/66.0';

describe('simulated org: SOAP as simple_salesforce sends it', () => {
  let org: SimulatedOrg;

  before(async () => {
    org = await startSimulatedOrg({ scenario: 'fresh', scale: 0.1 });
  });

  after(async () => await org.close());

  /** A call with every element in the prefix of the Metadata API, and the client's name before the session. */
  async function call(path: string, operation: string): Promise<string> {
    const body = `<soapenv:Envelope
xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
xmlns:met="http://soap.sforce.com/2006/04/metadata">
  <soapenv:Header>
    <met:CallOptions><met:client>simple_salesforce_metahelper</met:client></met:CallOptions>
    <met:SessionHeader><met:sessionId>${org.admin.accessToken}</met:sessionId></met:SessionHeader>
  </soapenv:Header>
  <soapenv:Body>${operation}</soapenv:Body>
</soapenv:Envelope>`;
    const headers = { 'content-type': 'text/xml', SOAPAction: 'deploy' };
    const answer = await ask(org, path, { method: 'POST', body, headers });
    assert.equal(answer.status, 200, answer.text);
    return answer.text;
  }

  /** The status of a deployment once it is done. */
  async function outcome(id: string): Promise<string | undefined> {
    for (;;) {
      const text = await call(
        `${SOAP}/deployRequest/${id}`,
        `<met:checkDeployStatus><met:asyncProcessId>${id}</met:asyncProcessId><met:includeDetails>true</met:includeDetails></met:checkDeployStatus>`,
      );
      if (text.includes('<done>true</done>')) return /<status>(\w+)<\/status>/.exec(text)?.[1];
    }
  }

  async function deploy(checkOnly: 'True' | 'False'): Promise<readonly unknown[]> {
    const zip = await zipOf({ 'profiles/Night Watch.profile': profileFile('ApiEnabled') });
    const text = await call(
      `${SOAP}/deployRequest`,
      `<met:deploy><met:ZipFile>${zip.toString('base64')}</met:ZipFile><met:DeployOptions><met:checkOnly>${checkOnly}</met:checkOnly><met:rollbackOnError>True</met:rollbackOnError><met:singlePackage>True</met:singlePackage></met:DeployOptions></met:deploy>`,
    );
    const id = /<id>(0Af\w+)<\/id>/.exec(text)?.[1];
    assert.ok(id, text);
    assert.equal(await outcome(id), 'Succeeded');
    return (await query(org, `SELECT Name FROM Profile WHERE Name = 'Night Watch'`)).records.map((row) => row['Name']);
  }

  it('deploys at …/deployRequest, and with checkOnly does not', async () => {
    assert.deepEqual(await deploy('True'), []);
    assert.deepEqual(await deploy('False'), ['Night Watch']);
  });
});
