import { shippedQueries } from '../insights/queries.ts';
import { wrap } from './layout.ts';
import type { Terminal } from './terminal.ts';
import { jsonDocument } from './terminal.ts';

const MAX_COLUMNS = 100;

/** The queries that come with Orgwatch: what each asks and why. */
export function listShippedQueries(json: boolean, terminal: Terminal): string {
  if (json) return jsonDocument({ queries: shippedQueries });
  const columns = Math.min(terminal.columns, MAX_COLUMNS) - 2;
  const entries = shippedQueries.map(({ id, title, why }) => {
    const reason = wrap(why, columns).map((line) => `  ${terminal.paint('dim', line)}`);
    return [`${terminal.paint('bold', id)}  ${title}`, ...reason].join('\n');
  });
  return `${entries.join('\n\n')}\n\nRun one: orgwatch query --name ${shippedQueries[0]?.id ?? ''}\n`;
}
