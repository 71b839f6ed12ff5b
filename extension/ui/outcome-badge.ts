import * as vscode from 'vscode';
import type { Outcome } from '../prerequisites/report.ts';
import { badge } from './markdown.ts';

export function outcomeBadge(outcome: Outcome): string {
  const words: Readonly<Record<Outcome, string>> = {
    pass: vscode.l10n.t('Pass'),
    fail: vscode.l10n.t('Fail'),
    warning: vscode.l10n.t('Warning'),
    unknown: vscode.l10n.t('Unknown'),
  };
  return badge(outcome, words[outcome]);
}
