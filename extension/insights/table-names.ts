import { lakeViews } from '../lake/views-lake.ts';
import { insightViews } from './views.ts';

/** The tables that every lake has; of event types that we do not know there are more, all named `event_log_…`. */
const TABLES = [...lakeViews([], () => true), ...insightViews].map(({ name }) => name);

/** Names that other databases have tables of, too. */
const COMMON = new Set(['users', 'activities', 'connected_apps', 'oauth_tokens']);

const NAMED = new RegExp(`\\b(?:event_log_\\w+|${TABLES.filter((name) => !COMMON.has(name)).join('|')})\\b`, 'i');
const COMMON_NAMED = new RegExp(`\\b(?:from|join)\\s+"?(?:${[...COMMON].join('|')})\\b`, 'i');

/** Whether SQL names a table of the lake; names that other databases share count where a lake's words are around them. */
export function namesTable(sql: string): boolean {
  return NAMED.test(sql) || (COMMON_NAMED.test(sql) && /\b(?:event_time|event_date|user_name|_raw_id)\b/i.test(sql));
}
