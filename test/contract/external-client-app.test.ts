import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { openProject, type Project } from './metadata-project.ts';

const page = path.join(import.meta.dirname, '../../docs/service-account.md');

/** The files that docs/service-account.md shows, by path, and the command that makes the key. */
async function readPage(): Promise<{ files: Map<string, string>; openssl: readonly string[] }> {
  const text = await readFile(page, 'utf8');
  const blocks = text.matchAll(/^`(\w+\/[\w.-]+-meta\.xml)`[^\n]*\n\n```xml\n([^]*?)```/gm);
  const files = new Map([...blocks].map(([, file = '', content = '']) => [file, content]));
  const [, command = ''] = /^openssl (.*)$/m.exec(text) ?? [];
  return { files, openssl: [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '') };
}

describe('the External Client App of docs/service-account.md', function () {
  this.timeout(120_000);
  let project: Project;

  before(async () => {
    project = await openProject('shield', { files: false });
    const { files, openssl } = await readPage();
    assert.equal(files.size, 4);
    execFileSync('openssl', openssl, { cwd: project.folder, stdio: 'pipe' });
    const certificate = await readFile(path.join(project.folder, 'orgwatch.crt'), 'utf8');
    for (const [file, content] of files)
      await project.write(
        `force-app/main/default/${file}`,
        content.replace('the content of orgwatch.crt', certificate.trim()),
      );
  });
  after(() => project.close());

  it('deploys with sf', async () => {
    const { status, files } = await project.deploy();
    assert.equal(status, 'Succeeded', files.join('\n'));
    assert.equal(files.length, 4);
    assert.ok(
      files.every((file) => /^E\w+ Orgwatch Created$/.test(file)),
      files.join('\n'),
    );
  });

  it('is refused without the app that its parts belong to', async () => {
    const { files } = await readPage();
    const content = files.get('extlClntAppOauthSettings/Orgwatch.ecaOauth-meta.xml') ?? '';
    await project.write(
      'force-app/main/default/extlClntAppOauthSettings/Other.ecaOauth-meta.xml',
      content.replace('<externalClientApplication>Orgwatch', '<externalClientApplication>Nothing'),
    );
    const { status, files: told } = await project.deploy(['--metadata', 'ExtlClntAppOauthSettings:Other']);
    assert.equal(status, 'Failed');
    assert.match(told.join(), /no ExternalClientApplication named Nothing found/);
  });

  it('lets the connector in with its key alone, and nobody who is not on the profile', async () => {
    const { org, sf, folder } = project;
    const retrieve = ['project', 'retrieve', 'start', '--metadata', 'ExtlClntAppGlobalOauthSettings:Orgwatch'];
    await sf.json([...retrieve, '--target-org', 'admin'], { cwd: folder });
    const settings = 'force-app/main/default/extlClntAppGlobalOauthSets/Orgwatch.ecaGlblOauth-meta.xml';
    const [, clientId = ''] =
      /<consumerKey>(.*)<\/consumerKey>/.exec(await readFile(path.join(folder, settings), 'utf8')) ?? [];
    assert.match(clientId, /^3MVG9/);
    const privateKey = await readFile(path.join(folder, 'orgwatch.key'), 'utf8');
    const login = { instanceUrl: org.instanceUrl, clientId, privateKey };
    await sf.loginWithJwt({ ...login, alias: 'collector', username: org.service.username });
    const { username } = await sf.json<{ username: string }>(['org', 'display', '--target-org', 'collector']);
    assert.equal(username, org.service.username);
    await assert.rejects(
      sf.loginWithJwt({ ...login, alias: 'person', username: org.admin.username }),
      /user hasn't approved this consumer/,
    );
  });
});
