import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { surveyCsv } from '../../extension/lake/publish-survey.ts';
import { OrgFolder } from '../../extension/lake/storage-folder.ts';
import { fromCsv, toCsv } from './csv.ts';
import { hostileText } from './hostile-text.ts';
import { LakeFolder } from './lake-folder.ts';

describe('survey of a CSV file', () => {
  let lake: LakeFolder;

  before(async () => {
    lake = await LakeFolder.make();
  });

  after(async () => {
    await lake[Symbol.asyncDispose]();
  });

  const survey = async (content: string | Uint8Array) =>
    surveyCsv(new OrgFolder(lake.folder), (await lake.raw(content)).path);

  it('reads the header and counts the records of any CSV', async () => {
    const table = fc
      .integer({ min: 1, max: 5 })
      .chain((width) =>
        fc.array(fc.array(hostileText, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 }),
      );
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const text = toCsv(rows);
        const [header, ...records] = fromCsv(text);
        const { bytes, cuts, ...told } = await survey(text);
        assert.equal(bytes, Buffer.byteLength(text));
        assert.deepEqual(cuts, [Buffer.byteLength(toCsv([header ?? []]))]);
        assert.deepEqual(told, {
          header,
          records: records.length,
          regular: true,
          brokenLines: rows.flat().some((cell) => /[\r\n]/.test(cell)),
          marks: /[\x1d-\x1f]/.test(text),
          lineEnd: '\n',
        });
      }),
      { numRuns: 200 },
    );
  });

  it('takes what other programs write, too', async () => {
    const told = async (text: string | Uint8Array) => {
      const { header, records, regular, lineEnd } = await survey(text);
      return [header, records, regular, lineEnd];
    };
    assert.deepEqual(await told('A,B\n1,2\n3,4'), [['A', 'B'], 2, true, '\n']);
    assert.deepEqual(await told('"A","B"\r\n"1","2"\r\n'), [['A', 'B'], 1, true, '\r\n']);
    assert.deepEqual(await told('\uFEFF"A","B"\n"1",""\n'), [['A', 'B'], 1, true, '\n']);
    assert.deepEqual(await told('"A","B"\n\n"1","2"\n\n'), [['A', 'B'], 1, true, '\n']);
    assert.deepEqual(await told('"A"\n"1"\n\n""\n'), [['A'], 3, true, '\n']);
    assert.deepEqual(await told('"A, x","B\ny"\n"1","2"\n'), [['A, x', 'B\ny'], 1, true, '\n']);
    assert.deepEqual(await told(''), [[], 0, true, '\n']);
    assert.deepEqual(await told('"A","B"'), [['A', 'B'], 0, true, '\n']);
  });

  it('says when quotes are not where they belong', async () => {
    for (const record of ['"1"x,"2"', '1"x,2', '"1","2', '"1" ,2']) {
      assert.equal((await survey(`"A","B"\n${record}\n`)).regular, false, record);
    }
  });
});
