import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { markdownReport } from '../../extension/prerequisites/markdown-report.ts';
import { PREREQUISITES } from '../../extension/prerequisites/registry.ts';
import { judge } from '../../extension/prerequisites/verify.ts';
import { ALL_RIGHT, valued } from './answers.ts';

const security = { ...valued(ALL_RIGHT.securitySettings), lockSessionsToIp: true };

describe('the report for an auditor', () => {
  it('says which org, whose account, when, and everything that was found, in one order', () => {
    const report = judge({ ...ALL_RIGHT, securitySettings: { value: security } });
    const text = markdownReport(report, '1.2.3');
    assert.equal(text, markdownReport(judge({ ...ALL_RIGHT, securitySettings: { value: security } }), '1.2.3'));
    for (const part of [/00D000000000001EAA/, /connector@example\.com/, /2026-11-24 05:30:00 UTC/, /Orgwatch 1\.2\.3/])
      assert.match(text, part);
    const ids = [...text.matchAll(/<br>`([\w-]+)`/g)].map(([, id]) => id);
    assert.deepEqual(
      ids,
      PREREQUISITES.map(({ id }) => id),
    );
    assert.match(
      text,
      /## What is to be done\n\n### Sessions are not locked[^]*`orgwatch prepare [^`]*`[^]*Setup: <https:/,
    );
    assert.match(text, /\| Prerequisites \| 1 fail, 17 pass \|/);
  });

  it('has no list of things to do where nothing is to be done', () => {
    assert.doesNotMatch(markdownReport(judge(ALL_RIGHT), '1'), /What is to be done/);
  });

  it('takes text of the org for text: nothing in it formats, links or breaks a table', () => {
    const name = 'A | **B** <img src=x> `c` [d](e)\n| f |\u202e';
    const text = markdownReport(
      judge({ ...ALL_RIGHT, organization: { value: { ...valued(ALL_RIGHT.organization), name } } }),
      '1',
    );
    const row = text.split('\n').find((line) => line.includes('`rest-api`')) ?? '';
    assert.equal(row.replaceAll('\\|', '').split('|').length, 5, row);
    assert.doesNotMatch(row, /<img|[^\\]\*\*B|\u202e|[^\\]\[d/);
  });
});
