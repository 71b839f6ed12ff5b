import { t } from '@vscode/l10n';
import { OrgwatchError } from '../shared/errors.ts';
import { sourcesNamed } from '../sources/registry.ts';
import type { SyncOptions } from './options.ts';

/** Where the first pull of a source begins, ms since 1970; undefined: where the source itself says. */
export type Beginning = (source: string) => number | undefined;

/**
 * What the options say of how far back first pulls go: a source's own span before that for all.
 * @throws OrgwatchError USAGE for a source that does not exist, or of which only the present is known
 */
export function beginningOf({ since, spans = {} }: Pick<SyncOptions, 'since' | 'spans'>, now: number): Beginning {
  for (const source of sourcesNamed(Object.keys(spans))) {
    if (source.kind === 'event-log' || (source.kind === 'records' && source.backfill !== undefined)) continue;
    throw new OrgwatchError('USAGE', t('{0} is always fetched as it is now; it has no span.', source.name), {
      actions: [t('Give a span to a source of events, as login_history.')],
    });
  }
  return (source) => {
    const span = spans[source];
    return span === undefined ? since?.getTime() : now - span;
  };
}
