import type { Dataset, Row } from '../../model.ts';
import { scenarioNamed } from '../../scenarios.ts';
import { createDataset, createPopulation } from '../index.ts';
import type { Population } from '../index.ts';
import { parseCsv } from './csv-reader.ts';

export const ORG_ID = '00DHs0000000001MAA';
export const NOW = '2026-11-24T05:30:00.000Z';

export interface Sample {
  readonly population: Population;
  readonly dataset: Dataset;
  readonly clock: { now: Date };
}

export interface SampleOptions {
  readonly seed?: number;
  readonly scale?: number;
  readonly scenario?: string;
  readonly now?: string;
}

/** A population and dataset with a clock that the test can move. */
export function sample(options: SampleOptions = {}): Sample {
  const { seed = 1, scale = 1, scenario = 'shield', now = NOW } = options;
  const clock = { now: new Date(now) };
  const common = { seed, scale, scenario: scenarioNamed(scenario), now: () => clock.now };
  const population = createPopulation({ ...common, orgId: ORG_ID });
  return { population, clock, dataset: createDataset({ ...common, population }) };
}

export interface LogFile {
  readonly row: Row;
  readonly bytes: Buffer;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Downloads and parses one event log file. */
export async function readLogFile(dataset: Dataset, row: Row): Promise<LogFile> {
  const body = dataset.openLogFile(String(row['Id']));
  if (body === undefined) throw new Error(`no log file ${String(row['Id'])}`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const [header = [], ...rows] = parseCsv(bytes.toString('utf8'));
  return { row, bytes, header, rows };
}

export async function readLogFiles(dataset: Dataset, rows: readonly Row[]): Promise<LogFile[]> {
  const files: LogFile[] = [];
  for (const row of rows) files.push(await readLogFile(dataset, row));
  return files;
}

/** The 18-character form computed from its definition, apart from the code under test. */
export function isValidId(id: unknown, keyPrefix?: string): boolean {
  if (typeof id !== 'string' || !/^[A-Za-z0-9]{18}$/.test(id)) return false;
  if (keyPrefix !== undefined && !id.startsWith(keyPrefix)) return false;
  const suffix = [0, 5, 10].map((start) => {
    const bits = [...id.slice(start, start + 5)].map((character) => (/[A-Z]/.test(character) ? '1' : '0'));
    return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'[parseInt(bits.reverse().join(''), 2)];
  });
  return id.slice(15) === suffix.join('');
}
