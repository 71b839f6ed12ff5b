import * as vscode from 'vscode';
import type { Outcome } from '../prerequisites/report.ts';
import { number } from './format.ts';

/** Titles of the engine's things in the language of VS Code, by their ids; the engine's own word where an id is new. */

export function sourceTitle(source: string): string {
  return sources()[source] ?? source;
}

/** How a run stands, or a source stood when its last run ended. */
export function stateWord(state: string): string {
  const words: Readonly<Record<string, string>> = {
    done: vscode.l10n.t('Done'),
    partial: vscode.l10n.t('Incomplete'),
    limited: vscode.l10n.t('Limited'),
    paused: vscode.l10n.t('Paused'),
    failed: vscode.l10n.t('Failed'),
    cancelled: vscode.l10n.t('Cancelled'),
    running: vscode.l10n.t('Running'),
    interrupted: vscode.l10n.t('Interrupted'),
    unavailable: vscode.l10n.t('Unavailable'),
  };
  return words[state] ?? state;
}

/** What Verify found of a prerequisite. */
export function outcomeWord(outcome: Outcome): string {
  const words: Readonly<Record<Outcome, string>> = {
    pass: vscode.l10n.t('Pass'),
    fail: vscode.l10n.t('Fail'),
    warning: vscode.l10n.t('Warning'),
    unknown: vscode.l10n.t('Unknown'),
  };
  return words[outcome];
}

/** Most urgent first. */
export const OUTCOMES: readonly Outcome[] = ['fail', 'warning', 'unknown', 'pass'];

/** `2 failed`, `16 passed`: the outcomes that there are. */
export function outcomeCounts(
  found: readonly Outcome[],
): readonly { readonly outcome: Outcome; readonly words: string }[] {
  const count = (wanted: Outcome): string => number(found.filter((outcome) => outcome === wanted).length);
  const words: Readonly<Record<Outcome, string>> = {
    fail: vscode.l10n.t('{0} failed', count('fail')),
    warning: vscode.l10n.t('{0} with a warning', count('warning')),
    unknown: vscode.l10n.t('{0} unknown', count('unknown')),
    pass: vscode.l10n.t('{0} passed', count('pass')),
  };
  return OUTCOMES.filter((outcome) => found.includes(outcome)).map((outcome) => ({ outcome, words: words[outcome] }));
}

/** What a step of Prepare is about, in a few words. */
export function stepTitle(id: string): string {
  return steps()[id] ?? id;
}

function sources(): Readonly<Record<string, string>> {
  return {
    login_history: vscode.l10n.t('Sign-ins'),
    setup_audit_trail: vscode.l10n.t('Setup changes'),
    content_distribution: vscode.l10n.t('Public file links'),
    user_snapshot: vscode.l10n.t('Users'),
    profile_snapshot: vscode.l10n.t('Profiles'),
    permission_set_assignment_snapshot: vscode.l10n.t('Permission set assignments'),
    oauth_token_snapshot: vscode.l10n.t('OAuth tokens'),
    connected_app_snapshot: vscode.l10n.t('Connected apps'),
    content_document_link: vscode.l10n.t('Shares of public files'),
    event_log: vscode.l10n.t('Event log files'),
  };
}

function steps(): Readonly<Record<string, string>> {
  return {
    'session-ip-lock': vscode.l10n.t('Unlock sessions from their IP address'),
    'content-deliveries': vscode.l10n.t('Enable content deliveries'),
    'event-monitoring': vscode.l10n.t('Generate event log files'),
    'connector-profile': vscode.l10n.t('Deploy the connector profile'),
    'create-content-deliveries': vscode.l10n.t('Add Create Content Deliveries to the profile'),
    'login-hours': vscode.l10n.t('Remove the login hours'),
    'least-privilege': vscode.l10n.t('Deploy the least-privilege permission set'),
    'create-account': vscode.l10n.t('Create the service account'),
    unfreeze: vscode.l10n.t('Unfreeze the account'),
    'assign-profile': vscode.l10n.t('Put the account on the connector profile'),
    'crm-content-user': vscode.l10n.t('Make the account a CRM Content User'),
    language: vscode.l10n.t('Set the language of the account'),
  };
}
