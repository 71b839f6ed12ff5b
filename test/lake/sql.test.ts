import assert from 'node:assert/strict';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { identifier, literal, literals } from '../../extension/lake/sql.ts';
import { hostileText } from './hostile-text.ts';

describe('writing SQL', () => {
  let connection: DuckDBConnection;

  before(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
  });

  after(() => {
    connection.closeSync();
  });

  it('gives back any text', async () => {
    const text = fc.oneof(
      hostileText,
      hostileText.map((part) => `${part}\0${part}`),
    );
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const reader = await connection.runAndReadAll(`SELECT ${literal(value)}, ${literals([value, 'x'])}[1]`);
        assert.deepEqual(reader.getRows(), [[value, value]]);
      }),
    );
  });

  it('takes any text for a name', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (name) => {
        fc.pre(name !== '');
        const reader = await connection.runAndReadAll(`SELECT 1 AS ${identifier(name)}`);
        assert.deepEqual(reader.columnNames(), [name]);
      }),
    );
  });

  it('lets no NUL end a statement early', async () => {
    const reader = await connection.runAndReadAll(`SELECT 1 AS ${identifier('a\0b')}`);
    assert.deepEqual(reader.columnNames(), ['a\uFFFDb']);
  });
});
