import * as vscode from 'vscode';
import type { ChartShape, DashboardWords } from '../../shared/dashboard-messages.ts';

export function dashboardWords(): DashboardWords {
  return {
    charts: charts(),
    ranges: [
      { range: '1', label: vscode.l10n.t('24 hours') },
      { range: '7', label: vscode.l10n.t('7 days') },
      { range: '30', label: vscode.l10n.t('30 days') },
      { range: '60', label: vscode.l10n.t('60 days') },
      { range: 'all', label: vscode.l10n.t('Everything') },
    ],
    words: {
      title: vscode.l10n.t('Dashboard'),
      range: vscode.l10n.t('Time range'),
      refresh: vscode.l10n.t('Refresh'),
      loading: vscode.l10n.t('Loading'),
      nothing: vscode.l10n.t('Nothing in this time.'),
      asTable: vscode.l10n.t('Table'),
      asChart: vscode.l10n.t('Chart'),
      showRows: vscode.l10n.t('Show rows'),
      allocation: vscode.l10n.t('API calls of the last 24 hours'),
      freshness: vscode.l10n.t('Freshness of sources'),
      source: vscode.l10n.t('Source'),
      synced: vscode.l10n.t('Last synced'),
      events: vscode.l10n.t('Events'),
      own: vscode.l10n.t('Orgwatch'),
      others: vscode.l10n.t('Other applications'),
      reserve: vscode.l10n.t('Reserve, always left'),
      free: vscode.l10n.t('Free'),
      noAllocation: vscode.l10n.t('Known after the next sync.'),
      seen: vscode.l10n.t('As Salesforce told {0}'),
      total: vscode.l10n.t('Total'),
    },
  };
}

function charts(): readonly ChartShape[] {
  const success = vscode.l10n.t('Success');
  const failure = vscode.l10n.t('Failure');
  const unknown = vscode.l10n.t('Unknown');
  const events = vscode.l10n.t('Events');
  return [
    {
      id: 'sign-ins-over-time',
      title: vscode.l10n.t('Sign-ins'),
      kind: 'time',
      measures: [success, failure, unknown],
      label: vscode.l10n.t('Time (UTC)'),
      names: {},
      unnamed: '',
    },
    rank(
      'sign-ins-by-country',
      vscode.l10n.t('Sign-ins by country'),
      [success, failure, unknown],
      vscode.l10n.t('Country'),
    ),
    rank(
      'sign-ins-by-application',
      vscode.l10n.t('Sign-ins by application'),
      [success, failure, unknown],
      vscode.l10n.t('Application'),
    ),
    rank('top-users', vscode.l10n.t('Most active users'), [events], vscode.l10n.t('User')),
    rank(
      'setup-changes-by-section',
      vscode.l10n.t('Setup changes by section'),
      [vscode.l10n.t('Changes')],
      vscode.l10n.t('Section'),
    ),
    rank('event-volume-by-type', vscode.l10n.t('Events by type'), [events], vscode.l10n.t('Event type')),
    {
      ...rank(
        'public-links-by-protection',
        vscode.l10n.t('Public links now, by protection'),
        [vscode.l10n.t('Links')],
        vscode.l10n.t('Protection'),
      ),
      names: {
        none: vscode.l10n.t('Neither password nor expiry'),
        password: vscode.l10n.t('Password only'),
        expiry: vscode.l10n.t('Expiry only'),
        'password and expiry': vscode.l10n.t('Password and expiry'),
      },
    },
  ];
}

function rank(id: string, title: string, measures: readonly string[], label: string): ChartShape {
  return { id, title, kind: 'rank', measures, label, names: {}, unnamed: vscode.l10n.t('Unknown') };
}
