import { t } from '@vscode/l10n';
import { HOUR } from '../shared/utc.ts';
import { VIEW_ALL_DATA, VIEW_EVENT_LOG_FILES } from './needs.ts';
import type { EventLogSource } from './source.ts';

/**
 * Event log files of every type, daily and hourly. Object Reference, EventLogFile: found by CreatedDate, since late
 * data makes new files for old dates. Interval and Sequence exist only in orgs with hourly files.
 */
export const eventLog: EventLogSource = {
  kind: 'event-log',
  name: 'event_log',
  title: 'Event log files',
  object: 'EventLogFile',
  cadence: HOUR,
  overlap: HOUR,
  needs: [{ anyOf: [VIEW_EVENT_LOG_FILES, VIEW_ALL_DATA], costs: () => t('event log files') }],
  whenEmpty: () =>
    t(
      'The org has written no event log file. Without Event Monitoring (a paid add-on, part of Salesforce Shield) it writes a few event types only and keeps them for one day.',
    ),
};
