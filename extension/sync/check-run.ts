import type { DiskListing } from '../lake/check-disk.ts';
import { relativeTo } from '../lake/paths.ts';
import type { OrgFolder } from '../lake/storage-folder.ts';
import type { LakeWorker } from '../lake/worker.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { SOURCES } from '../sources/registry.ts';
import type { CheckedSource, Finding } from './check-report.ts';

/** How far a check or a repair has come, in files or units. */
export interface CareProgress {
  readonly phase: 'raw' | 'lake' | 'rows' | 'rebuild';
  readonly done: number;
  readonly total: number;
}

export interface CareOptions {
  readonly dataDir: string;
  readonly orgId: string;
  readonly onProgress?: (progress: CareProgress) => void;
  readonly signal?: AbortSignal;
  readonly log?: Log;
  readonly clock?: Clock;
  /** Default: one started for this run and closed after it. */
  readonly worker?: LakeWorker;
}

export type Counts = { -readonly [name in keyof Omit<CheckedSource, 'source'>]: number };

export interface CheckParts {
  readonly disk: DiskListing;
  readonly worker: LakeWorker;
  readonly signal: AbortSignal;
  readonly folder: OrgFolder;
  readonly onProgress: CareOptions['onProgress'];
}

/** One check, and what it has found so far. */
export class CheckRun {
  readonly parts: CheckParts;
  readonly findings: Finding[] = [];
  /** Paths of units whose file is not there or not as it was published. */
  readonly badUnits = new Set<string>();
  readonly #counts = new Map<string, Counts>();

  constructor(parts: CheckParts) {
    this.parts = parts;
  }

  find(kind: Finding['kind'], source: string | null, file: string, detail: string, remedy: Finding['remedy']): void {
    this.findings.push({ kind, source, path: file, detail, remedy });
  }

  of(source: string): Counts {
    let counts = this.#counts.get(source);
    if (!counts) {
      counts = {
        rawFiles: 0,
        rawBytes: 0,
        units: 0,
        rows: 0,
        lakeBytes: 0,
        misfits: 0,
        quarantined: 0,
        provenRows: 0,
        unprovenUnits: 0,
      };
      this.#counts.set(source, counts);
    }
    return counts;
  }

  /** In the registry's order, then those that it does not know. */
  sources(): readonly CheckedSource[] {
    const known = SOURCES.map(({ name }) => name).filter((name) => this.#counts.has(name));
    const names = new Set([...known, ...this.#counts.keys()]);
    return [...names].map((source) => ({ source, ...this.of(source) }));
  }

  absolute(file: string): string {
    return this.parts.folder.within(file);
  }

  relative(file: string): string {
    return relativeTo(this.parts.folder.path, file);
  }

  tell(phase: CareProgress['phase'], done: number, total: number): void {
    this.parts.onProgress?.({ phase, done, total });
  }
}
