import * as vscode from 'vscode';
import type { QuotaGuard, QuotaPolicy } from '../shared/calls.ts';
import { SETTINGS } from './ids.ts';

function read<T>(id: string): T | undefined {
  return vscode.workspace.getConfiguration().get<T>(id);
}

/** Alias or username to use without asking; undefined: ask. */
export function targetOrg(): string | undefined {
  return read<string>(SETTINGS.targetOrg)?.trim() || undefined;
}

export function dataDir(): string {
  return read<string>(SETTINGS.dataDir)?.trim() || '.orgwatch';
}

export function quotaPolicy(): QuotaPolicy {
  return {
    guard: read<QuotaGuard>(SETTINGS.quotaGuard) === 'own' ? 'own' : 'org',
    reserve: (read<number>(SETTINGS.quotaReserve) ?? 10) / 100,
  };
}

/** Days that the first sync goes back; undefined: each source's own span. */
export function backfillDays(): number | undefined {
  return read<number | null>(SETTINGS.backfillDays) ?? undefined;
}
