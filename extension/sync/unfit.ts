import { t } from '@vscode/l10n';
import { counted, sentences } from '../shared/wording.ts';
import type { SourceRun } from './source-run.ts';

/** What came in a run that is not as Salesforce documents it, for a person; empty when all of it was. */
export function unfitText({
  quarantined,
  misfits,
  passedOver,
  gone,
  otherLength,
}: Pick<SourceRun, 'quarantined' | 'misfits' | 'passedOver' | 'gone' | 'otherLength'>): string {
  const texts: string[] = [];
  if (quarantined > 0) {
    texts.push(
      t('Not readable as rows, and kept in quarantine beside the Parquet files: {0}.', counted(quarantined, 'record')),
    );
  }
  if (misfits > 0) {
    texts.push(
      t('Not as Salesforce declares them, and kept as text in the column _misfits: {0}.', counted(misfits, 'value')),
    );
  }
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
