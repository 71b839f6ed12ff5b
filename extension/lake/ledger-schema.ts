/**
 * SQL from each schema version of the ledger to the next. Times are milliseconds since 1970, paths are relative to the
 * org's folder, event dates are UTC dates `2026-11-24`. Never change a step that was released; add one.
 */
export const LEDGER_MIGRATIONS: readonly string[] = [
  `CREATE TABLE org (
     org_id TEXT PRIMARY KEY,
     username TEXT NOT NULL,
     instance_url TEXT NOT NULL,
     first_seen INTEGER NOT NULL,
     last_seen INTEGER NOT NULL
   ) STRICT;

   -- What the org offered and what lies on disk. state: discovered, landed, published, superseded, gone.
   CREATE TABLE raw_files (
     id INTEGER PRIMARY KEY,
     source TEXT NOT NULL,
     identity TEXT NOT NULL,        -- tells one pull from another; the same pull again is the same file
     state TEXT NOT NULL,
     event_type TEXT NOT NULL DEFAULT '',
     event_date TEXT,               -- event log files: date of LogDate
     salesforce_id TEXT,
     interval TEXT,                 -- Daily, Hourly
     sequence INTEGER,
     log_date INTEGER,
     created_date INTEGER,
     field_names TEXT,
     field_types TEXT,
     declared_bytes INTEGER,        -- LogFileLength
     path TEXT,
     sha256 TEXT,                   -- of the bytes as Salesforce sent them
     bytes INTEGER,
     stored_bytes INTEGER,
     rows INTEGER,                  -- response pages: records in it
     event_from INTEGER,
     event_to INTEGER,
     discovered_at INTEGER NOT NULL,
     landed_at INTEGER,
     UNIQUE (source, identity)
   ) STRICT;
   CREATE INDEX raw_pending ON raw_files (source, state, created_date, id) WHERE state IN ('discovered', 'landed');
   CREATE INDEX raw_by_unit ON raw_files (source, event_type, event_date);
   CREATE INDEX raw_by_time ON raw_files (source, event_to, event_from) WHERE event_to IS NOT NULL;

   -- What readers see.
   CREATE TABLE units (
     source TEXT NOT NULL,
     event_type TEXT NOT NULL DEFAULT '',
     event_date TEXT NOT NULL,
     part TEXT NOT NULL,            -- all, day, hour-00 … hour-23
     path TEXT NOT NULL UNIQUE,
     rows INTEGER NOT NULL,
     bytes INTEGER NOT NULL,
     event_from INTEGER,
     event_to INTEGER,
     columns TEXT NOT NULL,         -- JSON: column name to DuckDB type
     misfits INTEGER NOT NULL,
     quarantined INTEGER NOT NULL,
     published_at INTEGER NOT NULL,
     PRIMARY KEY (source, event_type, event_date, part)
   ) STRICT, WITHOUT ROWID;

   -- Files that no unit names any more and that may still have to be deleted.
   CREATE TABLE garbage (path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

   -- Everything up to a source's cursor is in the lake, except what its open windows still miss.
   CREATE TABLE cursors (source TEXT PRIMARY KEY, time INTEGER NOT NULL, id TEXT NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE windows (
     id INTEGER PRIMARY KEY,
     source TEXT NOT NULL,
     from_time INTEGER,             -- inclusive; null: from the beginning
     to_time INTEGER,               -- exclusive; null: to the end
     position_time INTEGER,         -- the last record landed
     position_id TEXT,
     landed INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE INDEX windows_by_source ON windows (source);

   -- Keys of the newest records, so that reading them again is known to bring nothing.
   CREATE TABLE recent (source TEXT NOT NULL, key TEXT NOT NULL, time INTEGER NOT NULL, PRIMARY KEY (source, key)) STRICT, WITHOUT ROWID;
   CREATE INDEX recent_by_time ON recent (source, time);

   -- Fields that the org does not have, or not for this user.
   CREATE TABLE absent_fields (source TEXT NOT NULL, field TEXT NOT NULL, seen_at INTEGER NOT NULL, PRIMARY KEY (source, field)) STRICT, WITHOUT ROWID;

   CREATE TABLE runs (
     id INTEGER PRIMARY KEY,
     started_at INTEGER NOT NULL,
     ended_at INTEGER,
     outcome TEXT,
     requests INTEGER NOT NULL DEFAULT 0,
     rows INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE TABLE source_runs (
     run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
     source TEXT NOT NULL,
     state TEXT NOT NULL,
     reason TEXT,
     ended_at INTEGER NOT NULL,
     PRIMARY KEY (source, run_id)
   ) STRICT, WITHOUT ROWID;

   -- Who is syncing: one at a time.
   CREATE TABLE leases (
     name TEXT PRIMARY KEY,
     token TEXT NOT NULL,
     pid INTEGER NOT NULL,
     host TEXT NOT NULL,
     acquired_at INTEGER NOT NULL,
     heartbeat_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`,

  `-- Events before a date that are not wanted any more. layer: raw, lake. raw_files has two further states: pruned, excluded.
   CREATE TABLE pruned (source TEXT NOT NULL, layer TEXT NOT NULL, before TEXT NOT NULL, PRIMARY KEY (source, layer)) STRICT, WITHOUT ROWID;
   CREATE INDEX raw_excluded ON raw_files (source, event_type) WHERE state = 'excluded';`,

  `-- What Verify found, each time it ran.
   CREATE TABLE verifications (
     id INTEGER PRIMARY KEY,
     at INTEGER NOT NULL,
     account TEXT NOT NULL,         -- username that was judged
     asked_by TEXT NOT NULL,        -- username whose login was used
     outcome TEXT NOT NULL
   ) STRICT;
   CREATE TABLE verified (
     verification_id INTEGER NOT NULL REFERENCES verifications (id) ON DELETE CASCADE,
     prerequisite TEXT NOT NULL,
     outcome TEXT NOT NULL,
     evidence TEXT NOT NULL,
     PRIMARY KEY (verification_id, prerequisite)
   ) STRICT, WITHOUT ROWID;`,
];
