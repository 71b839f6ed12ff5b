import type { DuckDBConnection } from '@duckdb/node-api';
import { OrgwatchError } from '../shared/errors.ts';
import { UNIT_NAME, unitName } from './bundle-columns.ts';
import { commitFile, copyToParquet, removeFiles, unfinished } from './publish-file.ts';
import { identifier, literal, literals, parquet } from './sql.ts';
import type { OrgFolder } from './storage-folder.ts';
import type { BundleJob, BundleResult } from './worker.ts';
import { numberOf, readRows } from './worker-rows.ts';

/** Puts the rows of several units into one Parquet file, each with the date and part of its unit. See LakeWorker.bundle. */
export async function makeBundle(
  connection: DuckDBConnection,
  job: BundleJob,
  folder: OrgFolder,
): Promise<BundleResult> {
  const made = unfinished(job.output);
  try {
    await copyToParquet(connection, folder, `${selectUnits(job)} ORDER BY event_date, event_time`, made);
    const found = await readRows(connection, `SELECT ${UNIT_NAME}, count(*) FROM ${parquet(made)} GROUP BY ALL`);
    const rows = new Map(found.map(([unit, count]) => [String(unit), numberOf(count)]));
    const isWhole = job.units.every((unit) => (rows.get(unitName(unit)) ?? 0) === unit.rows);
    if (!isWhole) throw new OrgwatchError('INTERNAL', `The rows of ${job.output} are not those of its units.`);
    const { size } = await folder.stat(made);
    await commitFile(folder, made, job.output);
    return { bytes: size };
  } finally {
    await removeFiles(folder, made);
  }
}

function selectUnits({ units, columns }: BundleJob): string {
  const names = Object.keys(columns).map(identifier);
  const parts: string[] = [];
  for (const [bundle, some] of Map.groupBy(units, (unit) => unit.bundle)) {
    if (bundle === null) {
      const places = some.map(
        ({ path, eventDate, part }) => `(${literal(path)}, DATE ${literal(eventDate)}, ${literal(part)})`,
      );
      const paths = some.map(({ path }) => path);
      parts.push(
        `SELECT ${names.map((name) => `file.${name}`).join(', ')}, place.event_date, place._part
         FROM ${parquet(paths, ['filename = true'])} AS file
         JOIN (VALUES ${places.join(', ')}) AS place(path, event_date, _part) ON file.filename = place.path`,
      );
    } else {
      parts.push(
        `SELECT ${names.join(', ')}, event_date, _part FROM ${parquet(bundle)}
         WHERE list_contains(${literals(some.map(unitName))}, ${UNIT_NAME})`,
      );
    }
  }
  return `SELECT * FROM (${parts.join('\nUNION ALL\n')})`;
}
