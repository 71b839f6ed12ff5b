import type { FunctionExp } from '@jetstreamapp/soql-parser-js';
import type { FieldType } from '../objects/catalog.ts';
import type { Row } from '../model.ts';
import { resolvePath, type Path, type Scope } from './path.ts';
import { malformedQuery } from './soql-error.ts';

/** Functions of a date, in UTC as SOQL has them. */
const dateFunctions: Record<string, (date: Date) => number | string> = {
  CALENDAR_YEAR: (date) => date.getUTCFullYear(),
  CALENDAR_QUARTER: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  CALENDAR_MONTH: (date) => date.getUTCMonth() + 1,
  DAY_IN_MONTH: (date) => date.getUTCDate(),
  DAY_IN_WEEK: (date) => date.getUTCDay() + 1,
  DAY_ONLY: (date) => date.toISOString().slice(0, 10),
  HOUR_IN_DAY: (date) => date.getUTCHours(),
};

export interface ComputedPath {
  readonly path: Path;
  readonly type: FieldType;
  readonly get: (row: Row) => unknown;
}

/** A date function in WHERE or GROUP BY. @throws SalesforceError MALFORMED_QUERY for functions that are not known. */
export function resolveFunction(scope: Scope, call: FunctionExp): ComputedPath {
  const name = (call.functionName ?? '').toUpperCase();
  const compute = dateFunctions[name];
  const argument = call.parameters?.[0];
  if (compute === undefined || typeof argument !== 'string') {
    throw malformedQuery(`unexpected token: '${call.functionName ?? ''}'`);
  }
  const path = resolvePath(scope, argument);
  return {
    path,
    type: name === 'DAY_ONLY' ? 'date' : 'int',
    get: (row) => {
      const value = path.get(row);
      return typeof value === 'string' ? compute(new Date(value.replace('+0000', 'Z'))) : null;
    },
  };
}
