import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const INTERIOR_TABLE = 0x05;
const LEAF_TABLE = 0x0d;
/** SQLite gives up below 20. */
const LEVELS = 17;

/**
 * Hangs a tree below a table whose pages each name the next one a few hundred times: to read it to its end takes some
 * hundred to the power of 17 steps, and every one of them is in order.
 */
export function plantBomb(file: string, table: string): void {
  let root: number;
  {
    using database = new DatabaseSync(file);
    database.exec('PRAGMA journal_mode = DELETE');
    root = Number(database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table)?.['rootpage']);
  }
  const bytes = readFileSync(file);
  const size = bytes.readUInt16BE(16);
  const pages = bytes.length / size;
  const made: Buffer[] = [];
  for (let level = 0; level < LEVELS; level++) made.push(interior(size, pages + level + 2));
  made.push(leaf(size));
  interior(size, pages + 1).copy(bytes, (root - 1) * size);
  bytes.writeUInt32BE(pages + made.length, 28);
  // Read and write versions of a file in WAL mode, as ours are.
  bytes.writeUInt16BE(0x0202, 18);
  writeFileSync(file, Buffer.concat([bytes, ...made]));
}

/** A table that SQLite's check works on for minutes: it builds a long text to see that a row's value is not NULL. */
export function plantSlowCheck(file: string): void {
  using database = new DatabaseSync(file, { defensive: false });
  database.exec(`CREATE TABLE slow (x);
    INSERT INTO slow WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r LIMIT 100) SELECT x FROM r;
    PRAGMA writable_schema = ON;
    UPDATE sqlite_schema SET sql =
      'CREATE TABLE slow (x, y AS (length(replace(hex(zeroblob(20000000 + x)), ''0'', ''00''))) NOT NULL)'
      WHERE name = 'slow'`);
}

function interior(size: number, child: number): Buffer {
  const page = Buffer.alloc(size);
  const cell = 4 + 2;
  const count = Math.floor((size - 12) / (cell + 2));
  page.writeUInt8(INTERIOR_TABLE, 0);
  page.writeUInt16BE(count, 3);
  page.writeUInt16BE(size - count * cell, 5);
  page.writeUInt32BE(child, 8);
  for (let index = 0; index < count; index++) {
    const at = size - (index + 1) * cell;
    page.writeUInt16BE(at, 12 + index * 2);
    page.writeUInt32BE(child, at);
    // A rowid of two bytes.
    page.writeUInt8(0x80 | (index >> 7), at + 4);
    page.writeUInt8(index & 0x7f, at + 5);
  }
  return page;
}

function leaf(size: number): Buffer {
  const page = Buffer.alloc(size);
  page.writeUInt8(LEAF_TABLE, 0);
  page.writeUInt16BE(size & 0xffff, 5);
  return page;
}
