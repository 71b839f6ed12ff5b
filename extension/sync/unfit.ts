import { t } from '@vscode/l10n';
import { counted, sentences } from '../shared/wording.ts';
import type { SourceRun } from './source-run.ts';

/** Records that no table has, and how to see them; empty for none. */
export function quarantineText(quarantined: number): string {
  if (quarantined === 0) return '';
  return t(
    'Not readable as rows, and kept in quarantine: {0}. They are shown by `orgwatch query "{1}"`.',
    counted(quarantined, 'record'),
    'SELECT * FROM quarantine',
  );
}

/** Values that are not in their column, and how to see them; empty for none. @param table of the source */
export function misfitsText(misfits: number, table: string): string {
  if (misfits === 0) return '';
  return t(
    'Not as Salesforce declares them, and kept as text in the column _misfits: {0}. They are shown by `orgwatch query "{1}"`.',
    counted(misfits, 'value'),
    `SELECT * FROM ${table} WHERE _misfits IS NOT NULL`,
  );
}

/** What came in a run that is not as Salesforce documents it, for a person; empty when all of it was. */
export function unfitText({
  source,
  quarantined,
  misfits,
  passedOver,
  gone,
  otherLength,
}: Pick<SourceRun, 'source' | 'quarantined' | 'misfits' | 'passedOver' | 'gone' | 'otherLength'>): string {
  const texts = [quarantineText(quarantined), misfitsText(misfits, source)];
  if (passedOver > 0) {
    texts.push(
      t(
        'Listed with facts that cannot be true, and passed over; the log names them: {0}.',
        counted(passedOver, 'file'),
      ),
    );
  }
  if (gone > 0) {
    texts.push(t('Listed by the org, but no longer there when they were to be fetched: {0}.', counted(gone, 'file')));
  }
  if (otherLength > 0) {
    texts.push(
      t(
        'Not as long as Salesforce lists them, but the same three times, and so taken as they are: {0}.',
        counted(otherLength, 'file'),
      ),
    );
  }
  return sentences(...texts);
}
