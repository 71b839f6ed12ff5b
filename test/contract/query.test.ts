import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { startSimulatedOrg, type SimulatedOrg } from '../simulated-org/server.ts';
import { ask, query, soql, V, type QueryAnswer } from './ask.ts';
import { control } from '../support/control.ts';

type Rows = QueryAnswer['records'];

describe('simulated org: SOQL', () => {
  let org: SimulatedOrg;
  let logins: Rows;
  /** Condition that keeps out sign-ins that happen while the tests run. */
  let known: string;

  before(async () => {
    org = await startSimulatedOrg({ scenario: 'shield', scale: 0.2 });
    logins = await everything('SELECT Id, UserId, LoginTime, LoginType, SourceIp, Status FROM LoginHistory');
    known = `LoginTime <= ${String(logins.at(-1)?.['LoginTime']).replace('+0000', 'Z')}`;
  });

  after(async () => await org.close());

  async function everything(text: string, headers: Record<string, string> = {}): Promise<Rows> {
    let page = await query(org, text, { headers });
    const rows = [...page.records];
    while (page.nextRecordsUrl !== undefined) {
      page = (await ask(org, page.nextRecordsUrl, { headers })).body;
      rows.push(...page.records);
    }
    return rows;
  }

  const count = async (text: string): Promise<number> => (await query(org, text)).totalSize;

  async function refusal(text: string, resource = 'query'): Promise<[string, string]> {
    const answer = await ask(org, soql(text, resource));
    assert.equal(answer.status, 400, answer.text.slice(0, 200));
    const [error] = answer.body as { errorCode: string; message: string }[];
    return [error?.errorCode ?? '', error?.message ?? ''];
  }

  it('pages in batches of the size asked for, kept within 200 and 2,000', async () => {
    for (const [batchSize, expected] of [
      [500, 500],
      [1, 200],
      [9000, 2000],
    ] as const) {
      const headers = { 'sforce-query-options': `batchSize=${batchSize}` };
      const page = await query(org, 'SELECT Id FROM LoginHistory', { headers });
      assert.equal(page.records.length, Math.min(expected, logins.length));
      assert.match(page.nextRecordsUrl ?? '', new RegExp(`^${V}/query/0r8\\w{15}-${expected}$`));
      const rows = await everything('SELECT Id FROM LoginHistory', headers);
      assert.deepEqual(
        rows.slice(0, logins.length).map((row) => row['Id']),
        logins.map((row) => row['Id']),
      );
    }
  });

  it('refuses a locator that it did not give to this user', async () => {
    const { nextRecordsUrl = '' } = await query(org, 'SELECT Id FROM LoginHistory');
    for (const [path, token] of [
      [`${V}/query/0r8000000000000AAA-2000`, undefined],
      [nextRecordsUrl, org.admin.accessToken],
    ] as const) {
      const answer = await ask(org, path, token === undefined ? {} : { token });
      assert.equal(answer.status, 400);
      assert.match(answer.text, /INVALID_QUERY_LOCATOR/);
    }
  });

  it('compares times half-open and breaks ties by Id, so that two windows are neither apart nor overlapping', async () => {
    const middle = logins[Math.floor(logins.length / 2)] as Rows[number];
    const at = String(middle['LoginTime']).replace('+0000', 'Z');
    const earlier = await count(`SELECT count() FROM LoginHistory WHERE LoginTime < ${at}`);
    const later = await count(`SELECT count() FROM LoginHistory WHERE LoginTime >= ${at} AND ${known}`);
    assert.equal(earlier + later, logins.length);
    const id = String(middle['Id']);
    const rest = await everything(
      `SELECT Id, LoginTime FROM LoginHistory WHERE LoginTime > ${at} OR (LoginTime = ${at} AND Id > '${id}') ORDER BY LoginTime, Id`,
    );
    const expected = logins
      .filter((row) =>
        row['LoginTime'] === middle['LoginTime']
          ? String(row['Id']) > id
          : String(row['LoginTime']) > String(middle['LoginTime']),
      )
      .map((row) => row['Id']);
    assert.deepEqual(
      rest.slice(0, expected.length).map((row) => row['Id']),
      expected,
    );
  });

  it('understands date literals in the time zone of the user', async () => {
    const total = logins.length;
    const today = await count(`SELECT count() FROM LoginHistory WHERE (LoginTime = TODAY) AND ${known}`);
    const yesterday = await count(`SELECT count() FROM LoginHistory WHERE (LoginTime = YESTERDAY) AND ${known}`);
    const both = await count(`SELECT count() FROM LoginHistory WHERE (LoginTime = LAST_N_DAYS:1) AND ${known}`);
    assert.equal(both, today + yesterday);
    const before = await count(`SELECT count() FROM LoginHistory WHERE (LoginTime < LAST_N_DAYS:1) AND ${known}`);
    assert.equal(before + both, total);
    assert.equal(
      await count(`SELECT count() FROM LoginHistory WHERE (LoginTime = N_DAYS_AGO:1) AND ${known}`),
      yesterday,
    );
    assert.equal(
      await count(`SELECT count() FROM LoginHistory WHERE (NOT LoginTime > YESTERDAY) AND ${known}`),
      total - today,
    );
  });

  it('joins conditions with AND, OR, NOT, IN, LIKE and semi-joins, ignoring case in text', async () => {
    const { username } = org;
    const one = async (where: string): Promise<unknown> =>
      (await query(org, `SELECT Username FROM User WHERE ${where}`)).records.map((row) => row['Username']);
    assert.deepEqual(await one(`Username = '${username.toUpperCase()}'`), [username]);
    assert.deepEqual(await one(`Username LIKE 'event._onnector@%' AND NOT (IsActive = false OR Alias = null)`), [
      username,
    ]);
    assert.deepEqual(await one(`Id IN ('${org.service.userId.slice(0, 15)}') AND Profile.Name LIKE '%connector'`), [
      username,
    ]);
    assert.deepEqual(
      await one(
        `Id IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Profile.Name LIKE 'Defender%')`,
      ),
      [username],
    );
    assert.deepEqual(await one(`Username = 'it\\'s'`), []);
  });

  it('sorts with nulls first unless told otherwise', async () => {
    const titles = async (order: string): Promise<unknown[]> =>
      (await query(org, `SELECT Title FROM User ORDER BY Title ${order}`)).records.map((row) => row['Title']);
    assert.equal((await titles(''))[0], null);
    assert.equal((await titles('DESC'))[0], null);
    const last = await titles('ASC NULLS LAST');
    assert.equal(last.at(-1), null);
    const known = last.filter((title) => title !== null).map((title) => String(title).toLowerCase());
    assert.deepEqual(known, known.toSorted());
    assert.deepEqual((await query(org, 'SELECT Id FROM User ORDER BY Id LIMIT 3 OFFSET 2')).records.length, 3);
  });

  it('follows relationships into nested records', async () => {
    const [row] = (
      await query(
        org,
        'SELECT User.Profile.Name, LoginGeo.Latitude, LoginGeo.City FROM LoginHistory WHERE LoginGeoId != null LIMIT 1',
      )
    ).records;
    assert.deepEqual(Object.keys(row ?? {}), ['attributes', 'User', 'LoginGeo']);
    const geo = row?.['LoginGeo'] as Record<string, unknown>;
    assert.equal((geo['attributes'] as { type: string }).type, 'LoginGeo');
    assert.equal(typeof geo['Latitude'], 'number');
  });

  it('counts and groups', async () => {
    const bare = await query(org, 'SELECT count() FROM SetupAuditTrail');
    assert.ok(bare.totalSize > 0);
    assert.deepEqual(bare.records, []);
    const grouped = await query(
      org,
      'SELECT LoginType, COUNT(Id) c, MAX(LoginTime) FROM LoginHistory GROUP BY LoginType HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC',
    );
    const [first] = grouped.records;
    assert.deepEqual(Object.keys(first ?? {}), ['attributes', 'LoginType', 'c', 'expr0']);
    assert.deepEqual(first?.['attributes'], { type: 'AggregateResult' });
    const ofType = logins.filter((row) => row['LoginType'] === first?.['LoginType']);
    assert.ok(Math.abs(ofType.length - Number(first?.['c'])) <= 2);
    assert.equal((await refusal('SELECT COUNT(Id) FROM SetupAuditTrail'))[0], 'MALFORMED_QUERY');
    assert.match(
      (await refusal('SELECT EventType, COUNT(Id) FROM EventLogFile'))[1],
      /Field must be grouped or aggregated: EventType$/,
    );
  });

  it('shows daily log files unless Interval, Sequence or Id is spoken of', async () => {
    const by = async (where: string): Promise<Record<string, number>> => {
      const rows = await everything(`SELECT Id, Interval FROM EventLogFile ${where}`);
      return Object.fromEntries(
        ['Daily', 'Hourly'].map((interval) => [interval, rows.filter((row) => row['Interval'] === interval).length]),
      );
    };
    const all = await by('WHERE Sequence >= 0');
    assert.ok((all['Daily'] ?? 0) > 0 && (all['Hourly'] ?? 0) > 0);
    assert.deepEqual(await by(''), { Daily: all['Daily'], Hourly: 0 });
    assert.deepEqual(await by("WHERE Interval = 'Hourly'"), { Daily: 0, Hourly: all['Hourly'] });
    assert.deepEqual(await by('WHERE Sequence != 0'), { Daily: 0, Hourly: all['Hourly'] });
    assert.deepEqual(await by("WHERE Id > '000000000000000AAA'"), all);
  });

  it('words its refusals as Salesforce does', async () => {
    assert.deepEqual(await refusal('SELECT Id FROM X'), [
      'INVALID_TYPE',
      "\nSELECT Id FROM X\n               ^\nERROR at Row:1:Column:16\nsObject type 'X' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
    ]);
    const [code, text] = await refusal('SELECT Id, Nothing FROM LoginHistory');
    assert.equal(code, 'INVALID_FIELD');
    assert.ok(
      text.startsWith(
        "\nSELECT Id, Nothing FROM LoginHistory\n           ^\nERROR at Row:1:Column:12\nNo such column 'Nothing' on entity 'LoginHistory'.",
      ),
    );
    const cases: [string, string, RegExp][] = [
      [
        "SELECT Id FROM LoginHistory WHERE Status = 'Success'",
        'INVALID_FIELD',
        /field 'Status' can not be filtered in a query call$/,
      ],
      ["SELECT Id FROM SetupAuditTrail WHERE Section = 'x'", 'INVALID_FIELD', /can not be filtered/],
      ["SELECT Id FROM SetupAuditTrail WHERE Display LIKE 'x%'", 'INVALID_FIELD', /can not be filtered/],
      ['SELECT Id FROM EventLogFile WHERE LogFile = null', 'INVALID_FIELD', /can not be filtered/],
      ["SELECT Id FROM LoginHistory WHERE SourceIp LIKE '203.%'", 'INVALID_QUERY_FILTER_OPERATOR', /invalid operator/],
      [
        'SELECT Id FROM LoginHistory ORDER BY Browser',
        'MALFORMED_QUERY',
        /field 'Browser' can not be sorted in a query call$/,
      ],
      [
        'SELECT Status, COUNT(Id) FROM LoginHistory GROUP BY Status',
        'MALFORMED_QUERY',
        /field 'Status' can not be grouped in a query call$/,
      ],
      [
        "SELECT Id FROM LoginHistory WHERE LoginTime > '2026-01-01'",
        'INVALID_FIELD',
        /must be of type dateTime and should not be enclosed in quotes$/,
      ],
      [
        'SELECT Id FROM User WHERE Name = 1',
        'INVALID_FIELD',
        /must be of type string and should be enclosed in quotes$/,
      ],
      ["SELECT Id FROM User WHERE Id = 'x'", 'INVALID_QUERY_FILTER_OPERATOR', /^invalid ID field: x$/],
      [
        'SELECT Nobody.Name FROM LoginHistory',
        'INVALID_FIELD',
        /^\n.*\n.*\n.*\nDidn't understand relationship 'Nobody' in field path\./,
      ],
      ['SELECT Id FROM', 'MALFORMED_QUERY', /unexpected token: '<EOF>'$/],
      ['SELEC Id FROM User', 'MALFORMED_QUERY', /Row:1:Column:1\nunexpected token: 'SELEC'$/],
      [
        "SELECT Id FROM User WHERE IsActive = true AND Alias = 'a' OR Alias = 'b'",
        'MALFORMED_QUERY',
        /unexpected token: 'OR'$/,
      ],
      ['SELECT FIELDS(ALL) FROM User', 'MALFORMED_QUERY', /must have a LIMIT of at most 200$/],
      ['SELECT Id FROM User OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', /2000$/],
      ['SELECT PermissionsNothing FROM UserPermissionAccess', 'INVALID_FIELD', /No such column/],
      ['SELECT Id FROM PermissionDependency', 'INVALID_TYPE', /not supported/],
      ['SELECT Id FROM ScratchOrgInfo limit 1', 'INVALID_TYPE', /not supported/],
    ];
    for (const [statement, expected, message] of cases) {
      const [errorCode, words] = await refusal(statement);
      assert.equal(errorCode, expected, statement);
      assert.match(words, message, statement);
    }
  });

  it('answers the Tooling API in its own shape', async () => {
    const answer = await ask(
      org,
      soql("SELECT RequiredPermission FROM PermissionDependency WHERE Permission = 'QueryAllFiles'", 'tooling/query'),
    );
    const body: QueryAnswer & { size: number; entityTypeName: string; queryLocator: null } = answer.body;
    assert.deepEqual([body.size, body.queryLocator, body.entityTypeName], [1, null, 'PermissionDependency']);
    assert.equal(body.records[0]?.['RequiredPermission'], 'ViewAllData');
    const sandboxes = await ask(
      org,
      soql(
        "SELECT Id,Status,SandboxName,SandboxInfoId,LicenseType,CreatedDate,CopyProgress,SandboxOrganization,SourceId,Description,EndDate,Features FROM SandboxProcess WHERE SandboxOrganization='00D' ORDER BY CreatedDate DESC",
        'tooling/query',
      ),
    );
    assert.equal((sandboxes.body as QueryAnswer).totalSize, 0);
  });

  it('tells columns to those who ask', async () => {
    const { body } = await ask(org, `${soql('SELECT Id, User.Name, OptionsIsGet FROM LoginHistory')}&columns=true`);
    const {
      columnMetadata,
    }: { columnMetadata: { columnName: string; joinColumns: { columnName: string }[]; booleanType: boolean }[] } = body;
    assert.deepEqual(
      columnMetadata.map(({ columnName }) => columnName),
      ['Id', 'User', 'OptionsIsGet'],
    );
    assert.equal(columnMetadata[1]?.joinColumns[0]?.columnName, 'Name');
    assert.equal(columnMetadata[2]?.booleanType, true);
  });

  it('shows new sign-ins at once, within what truth says', async () => {
    const before = await control<{ login_history: number }>(org, 'GET /truth');
    await control(org, 'POST /dataset', { kind: 'logins', count: 3 });
    const after = await control<{ login_history: number }>(org, 'GET /truth');
    const added = after.login_history - before.login_history;
    assert.ok(added >= 3);
    const recent = await query(org, 'SELECT Id FROM LoginHistory ORDER BY LoginTime DESC LIMIT 3');
    assert.equal(recent.records.length, 3);
  });
});
