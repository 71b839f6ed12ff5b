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

  `-- What each run brought by source; zero for runs of before.
   ALTER TABLE source_runs ADD COLUMN requests INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE source_runs ADD COLUMN rows INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE source_runs ADD COLUMN files INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE source_runs ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE source_runs ADD COLUMN actions TEXT NOT NULL DEFAULT '[]';  -- JSON: what to do about it`,

  `-- Parquet files with the rows of several units each; see docs/adr/0007. The path of a unit in a bundle is the one that
   -- it has when it is published anew. A bundle that no unit is in any more is garbage.
   CREATE TABLE bundles (
     path TEXT PRIMARY KEY,
     source TEXT NOT NULL,
     event_type TEXT NOT NULL,
     units INTEGER NOT NULL,        -- that it was made with
     bytes INTEGER NOT NULL,
     columns TEXT NOT NULL,
     made_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX bundles_by_type ON bundles (source, event_type);
   ALTER TABLE units ADD COLUMN bundle TEXT;
   CREATE INDEX units_by_bundle ON units (bundle) WHERE bundle IS NOT NULL;
   CREATE TRIGGER unit_left_bundle AFTER UPDATE OF bundle ON units
     WHEN OLD.bundle IS NOT NULL AND OLD.bundle IS NOT NEW.bundle
       AND NOT EXISTS (SELECT 1 FROM units WHERE bundle = OLD.bundle)
     BEGIN
       INSERT OR IGNORE INTO garbage (path) VALUES (OLD.bundle);
       DELETE FROM bundles WHERE path = OLD.bundle;
     END;
   CREATE TRIGGER unit_removed_from_bundle AFTER DELETE ON units
     WHEN OLD.bundle IS NOT NULL AND NOT EXISTS (SELECT 1 FROM units WHERE bundle = OLD.bundle)
     BEGIN
       INSERT OR IGNORE INTO garbage (path) VALUES (OLD.bundle);
       DELETE FROM bundles WHERE path = OLD.bundle;
     END;`,

  `-- Rows in the lake by source, so that a run with nothing new takes no longer in a large lake.
   CREATE TABLE unit_rows (source TEXT PRIMARY KEY, rows INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   INSERT INTO unit_rows SELECT source, sum(rows) FROM units GROUP BY source;
   CREATE TRIGGER unit_added AFTER INSERT ON units BEGIN
     INSERT INTO unit_rows VALUES (NEW.source, NEW.rows) ON CONFLICT (source) DO UPDATE SET rows = rows + NEW.rows;
   END;
   CREATE TRIGGER unit_changed AFTER UPDATE OF rows ON units BEGIN
     UPDATE unit_rows SET rows = rows + NEW.rows - OLD.rows WHERE source = NEW.source;
   END;
   CREATE TRIGGER unit_removed AFTER DELETE ON units BEGIN
     UPDATE unit_rows SET rows = rows - OLD.rows WHERE source = OLD.source;
   END;
   CREATE INDEX units_by_first ON units (source, event_from);
   CREATE INDEX units_by_last ON units (source, event_to);`,

  `-- Why a source had little, as JSON, to be told in the language of whoever reads it; null for runs of before and for
   -- errors: their reason is told in the words that it was noted in.
   ALTER TABLE source_runs ADD COLUMN why TEXT;`,

  `-- Tells this lake from all others; the state folder of a machine lists those that were made or trusted there.
   CREATE TABLE lake (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
   INSERT INTO lake VALUES (lower(hex(randomblob(16))));
   -- Where the holder's process id means one process; empty: nobody knows.
   ALTER TABLE leases ADD COLUMN process_space TEXT NOT NULL DEFAULT '';
   -- See ledger-seal.ts.
   ALTER TABLE cursors ADD COLUMN seal TEXT;
   ALTER TABLE pruned ADD COLUMN seal TEXT;
   ALTER TABLE windows ADD COLUMN seal TEXT;`,
  `-- Event log files and windows that keep failing: each is tried again later, the later the more often it has failed.
   CREATE TABLE aside (
     source TEXT NOT NULL,
     raw_id INTEGER UNIQUE REFERENCES raw_files (id) ON DELETE CASCADE,
     window_id INTEGER UNIQUE REFERENCES windows (id) ON DELETE CASCADE,
     since INTEGER NOT NULL,        -- when it failed first
     tries INTEGER NOT NULL,        -- syncs in which it failed
     next_try INTEGER NOT NULL,
     reason TEXT NOT NULL,          -- of the last try, in the language of whoever synced
     CHECK ((raw_id IS NULL) <> (window_id IS NULL))
   ) STRICT;
   CREATE INDEX aside_by_source ON aside (source);
   CREATE TRIGGER file_no_longer_aside AFTER UPDATE OF state ON raw_files WHEN NEW.state <> 'discovered' BEGIN
     DELETE FROM aside WHERE raw_id = NEW.id;
   END;
   CREATE TRIGGER window_no_longer_aside AFTER UPDATE OF landed ON windows WHEN NEW.landed = 1 BEGIN
     DELETE FROM aside WHERE window_id = NEW.id;
   END;
   -- How far back each source was pulled: everything since is in the lake or in an open window.
   CREATE TABLE beginnings (
     source TEXT PRIMARY KEY,
     time INTEGER,                  -- null: from the beginning
     noted_at INTEGER NOT NULL,     -- when it was asked for
     told INTEGER,                  -- a shorter span, in ms, of which was said that it takes nothing away
     seal TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   -- How much a query of each source asks for at most, in ms of time or in records, since Salesforce gave one up.
   CREATE TABLE portions (
     source TEXT PRIMARY KEY,
     most INTEGER NOT NULL,
     learned_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`,
];
