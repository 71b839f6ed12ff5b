import { stat } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { throwIfCancelled } from '../shared/abort.ts';
import { messageOf, OrgwatchError } from '../shared/errors.ts';
import { commitFile, copyToParquet, makeFolderOf, removeFiles, unfinished } from './publish-file.ts';
import { MISFIT_COUNT } from './publish-types.ts';
import type { BundledUnit, BundleFacts, Unreadable } from './proof.ts';
import { identifier, literal, literals } from './sql.ts';
import type { BundleJob, BundleResult } from './worker.ts';
import { isoTime, numberOf, readRows } from './worker-rows.ts';

/** Puts the rows of several units into one Parquet file, each with the date and part of its unit. See LakeWorker.bundle. */
export async function makeBundle(connection: DuckDBConnection, job: BundleJob): Promise<BundleResult> {
  const made = unfinished(job.output);
  await makeFolderOf(job.output);
  try {
    await copyToParquet(connection, `${selectUnits(job)} ORDER BY event_date, event_time`, made);
    const found = await readRows(
      connection,
      `SELECT event_date::VARCHAR || '/' || _part, count(*) FROM ${parquet(made)} GROUP BY ALL`,
    );
    const rows = new Map(found.map(([unit, count]) => [String(unit), numberOf(count)]));
    const isWhole = job.units.every((unit) => (rows.get(nameOf(unit)) ?? 0) === unit.rows);
    if (!isWhole) throw new OrgwatchError('INTERNAL', `The rows of ${job.output} are not those of its units.`);
    const { size } = await stat(made);
    await commitFile(made, job.output);
    return { bytes: size };
  } finally {
    await removeFiles(made);
  }
}

function selectUnits({ units, columns }: BundleJob): string {
  const single = units.filter(({ bundle }) => bundle === null);
  const names = Object.keys(columns).map(identifier);
  const parts: string[] = [];
  if (single.length > 0) {
    const places = single.map(
      ({ path, eventDate, part }) => `(${literal(path)}, DATE ${literal(eventDate)}, ${literal(part)})`,
    );
    const files = `read_parquet(${literals(single.map(({ path }) => path))}, hive_partitioning = false, filename = true)`;
    parts.push(
      `SELECT ${names.map((name) => `file.${name}`).join(', ')}, place.event_date, place._part
       FROM ${files} AS file JOIN (VALUES ${places.join(', ')}) AS place(path, event_date, _part)
       ON file.filename = place.path`,
    );
  }
  for (const bundle of new Set(units.flatMap((unit) => unit.bundle ?? []))) {
    const wanted = units.filter((unit) => unit.bundle === bundle).map(nameOf);
    parts.push(
      `SELECT ${names.join(', ')}, event_date, _part FROM ${parquet(bundle)}
       WHERE list_contains(${literals(wanted)}, event_date::VARCHAR || '/' || _part)`,
    );
  }
  return `SELECT * FROM (${parts.join('\nUNION ALL\n')})`;
}

function nameOf({ eventDate, part }: { readonly eventDate: string; readonly part: string }): string {
  return `${eventDate}/${part}`;
}

/** Reads a bundle from end to end: what it holds of each unit. See LakeWorker.inspectBundle. */
export async function inspectBundle(
  connection: DuckDBConnection,
  file: string,
  signal: AbortSignal,
): Promise<BundleFacts | Unreadable> {
  try {
    const described = await readRows(connection, `DESCRIBE FROM ${parquet(file)}`);
    const columns = described.map(([name, type]) => [String(name), String(type)] as const);
    const units = await readRows(
      connection,
      `SELECT event_date::VARCHAR, _part, any_value(event_type), count(*), count(DISTINCT event_key),
         epoch_ms(min(event_time)), epoch_ms(max(event_time)), ${MISFIT_COUNT}, bit_xor(hash(file))
       FROM ${parquet(file)} AS file GROUP BY event_date, _part`,
    );
    return {
      path: file,
      eventType: typeof units[0]?.[2] === 'string' ? units[0][2] : null,
      columns: Object.fromEntries(columns.filter(([name]) => name !== 'event_date' && name !== '_part')),
      units: units.map(([eventDate, part, , rows, events, from, to, misfits]): BundledUnit => ({
        eventDate: String(eventDate),
        part: String(part),
        rows: numberOf(rows),
        events: numberOf(events),
        from: isoTime(from),
        to: isoTime(to),
        misfits: numberOf(misfits),
      })),
    };
  } catch (error) {
    throwIfCancelled(signal);
    const [problem = ''] = messageOf(error).split('\n');
    return { path: file, problem };
  }
}

function parquet(file: string): string {
  return `read_parquet(${literal(file)}, hive_partitioning = false)`;
}
