import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { lakePaths, segment, stateDir } from '../../extension/lake/paths.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '.',
    '..',
    '../..',
    '/etc/passwd',
    'C:\\x',
    'a/../../b',
    'CON',
    '~',
    '\0',
    '%2e%2e',
    '%',
    'é',
    '😀',
  ),
  fc.string({ minLength: 100, maxLength: 400 }),
);

describe('a name from an org as a path segment', () => {
  it('leads nowhere', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const safe = segment(name);
        assert.match(safe, /^[A-Za-z0-9_%-]{1,120}$/);
        assert.equal(path.dirname(path.resolve('/data', safe)), '/data');
        assert.equal(path.win32.dirname(path.win32.resolve('C:\\data', safe)), 'C:\\data');
      }),
    );
  });

  it('stays as different from others as it was', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) =>
        assert.equal(segment(a) === segment(b), Buffer.from(a).equals(Buffer.from(b))),
      ),
    );
  });

  it('is what it was, where it is harmless', () => {
    for (const name of ['Login', 'ApiTotalUsage', '0ATHs00000N0TfcOAF', 'a-b_c']) assert.equal(segment(name), name);
  });

  it('keeps an org within the data folder, whatever its id', () => {
    fc.assert(
      fc.property(hostile, (orgId) => {
        const { folder, ledger, raw, lake } = lakePaths('/data', orgId);
        assert.equal(path.dirname(folder), '/data');
        for (const each of [ledger, raw, lake]) assert.equal(path.dirname(each), folder);
      }),
    );
  });
});

describe('the state folder of a machine', () => {
  it('is where it is told to be, else where the platform keeps state', () => {
    const HOME = '/home/ann';
    assert.equal(stateDir({ HOME, ORGWATCH_STATE_DIR: '/var/lib/orgwatch' }, 'linux'), '/var/lib/orgwatch');
    assert.equal(stateDir({ HOME, XDG_STATE_HOME: '/state' }, 'linux'), '/state/orgwatch');
    assert.equal(stateDir({ HOME }, 'linux'), '/home/ann/.local/state/orgwatch');
    assert.equal(stateDir({ HOME }, 'darwin'), '/home/ann/Library/Application Support/orgwatch');
    assert.match(stateDir({ HOME, LOCALAPPDATA: '/local' }, 'win32'), /local.orgwatch$/);
  });
});
