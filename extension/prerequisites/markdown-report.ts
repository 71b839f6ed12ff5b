import { utcSecond } from '../shared/utc.ts';
import type { Outcome, PrerequisiteReport, VerifyReport } from './report.ts';

const WORDS: Readonly<Record<Outcome, string>> = {
  pass: 'Pass',
  fail: '**Fail**',
  warning: '**Warning**',
  unknown: '**Unknown**',
};

const ORDER: readonly Outcome[] = ['fail', 'warning', 'unknown', 'pass'];

/** The report as Markdown, to hand to an auditor: the same order every time, and nothing secret in it. */
export function markdownReport(report: VerifyReport, version: string): string {
  const { org, askedBy, at, outcome, prerequisites } = report;
  const counts = ORDER.map((each) => [each, prerequisites.filter((p) => p.outcome === each).length] as const);
  const open = prerequisites.filter(({ remedy }) => remedy !== null);
  return `${[
    '# Verification of a Salesforce org',
    table(
      ['', ''],
      [
        ['Organization', org.orgId],
        ['Address', org.instanceUrl],
        ['Account', text(org.username)],
        ['Verified with the login of', text(askedBy)],
        ['When', `${utcSecond(at)} UTC`],
        ['Outcome', WORDS[outcome]],
        [
          'Prerequisites',
          counts
            .filter(([, n]) => n > 0)
            .map(([each, n]) => `${n} ${each}`)
            .join(', '),
        ],
        ['Tool', `Orgwatch ${version}, which reads only`],
      ],
    ),
    '## What was found',
    table(
      ['Outcome', 'Prerequisite', 'What Salesforce answered'],
      prerequisites.map((each) => [WORDS[each.outcome], `${text(each.title)}<br>\`${each.id}\``, text(each.evidence)]),
    ),
    ...(open.length === 0 ? [] : ['## What is to be done', ...open.map(item)]),
  ].join('\n\n')}\n`;
}

function item({ id, title, outcome, remedy, fix }: PrerequisiteReport): string {
  const who = { administrator: 'an administrator of the org', salesforce: 'Salesforce', you: 'whoever runs Orgwatch' };
  return [
    `### ${text(title)}`,
    `${WORDS[outcome]} · \`${id}\` · who: ${fix === null ? 'unknown' : who[fix.who]}`,
    // What stands in backticks in a remedy is a command and stays one.
    (remedy ?? '')
      .split('`')
      .map((piece, index) => (index % 2 === 1 ? `\`${piece}\`` : text(piece)))
      .join(''),
    ...(fix?.url ? [`Setup: <${fix.url}>`] : []),
  ].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text from an org is text: nothing in it formats, links or ends a cell. */
function text(value: string): string {
  return value
    .replaceAll(/[\s\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|#~]/g, '\\$&');
}
