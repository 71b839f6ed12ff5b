import * as vscode from 'vscode';
import type { ResultWords } from '../../shared/result-messages.ts';

export function resultWords(): ResultWords {
  return {
    running: vscode.l10n.t('Running'),
    cancel: vscode.l10n.t('Cancel'),
    cancelled: vscode.l10n.t('Cancelled'),
    runAgain: vscode.l10n.t('Run Again'),
    gone: vscode.l10n.t('The rows are gone with the window that asked for them.'),
    export: vscode.l10n.t('Export…'),
    copy: vscode.l10n.t('Copy'),
    rows: vscode.l10n.t('{0} rows'),
    oneRow: vscode.l10n.t('1 row'),
    firstRows: vscode.l10n.t('The first {0} rows; Export writes all'),
    noRows: vscode.l10n.t('No rows.'),
    took: vscode.l10n.t('{0} s'),
    failed: vscode.l10n.t('The query failed'),
    grid: vscode.l10n.t('Rows of the query'),
    rowNumber: vscode.l10n.t('Row'),
  };
}
