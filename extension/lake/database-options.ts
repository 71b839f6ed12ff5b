import type { DatabaseSync } from 'node:sqlite';

export interface DatabaseOptions {
  /** Absolute. */
  readonly file: string;
  /** What errors call it. */
  readonly name: string;
  /** SQL from each schema version to the next; the file's version is how many it has had. */
  readonly migrations: readonly string[];
  /** What to do when the file is damaged. */
  readonly whenCorrupt: readonly string[];
  /** Told of a new file before anybody can see it. */
  readonly onMade?: (database: DatabaseSync) => void;
  /** Told the version of a file that was brought to the newest. */
  readonly onOlder?: (version: number) => void;
}
