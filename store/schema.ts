/** The tables of the database, as README.md describes them. Any change here is a new format version. */

/** `PRAGMA application_id` of a store: the bytes `Coph`. */
export const applicationId = 0x43_6f_70_68;

/** `PRAGMA user_version`: the format this code writes. */
export const formatVersion = 3;

/** What version 2 added. */
export const auditTables = `
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  trace INTEGER NOT NULL REFERENCES trace ON DELETE CASCADE,
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'differs', 'failed')),
  at REAL NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_trace ON audit (trace);
CREATE TABLE signature (
  trace INTEGER NOT NULL REFERENCES trace ON DELETE CASCADE,
  signer TEXT NOT NULL,
  at REAL NOT NULL,
  envelope TEXT NOT NULL,
  PRIMARY KEY (trace, signer)
) STRICT;
`;

export const schema = `
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('epoch', 0), ('sole', 0);

CREATE TABLE owner (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token TEXT NOT NULL UNIQUE,
  host TEXT NOT NULL,
  machine TEXT NOT NULL,
  boot TEXT NOT NULL,
  space TEXT NOT NULL,
  pid INTEGER NOT NULL,
  start TEXT NOT NULL,
  seen REAL NOT NULL,
  ended INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE artifact (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  size INTEGER,
  used REAL NOT NULL
) STRICT;
CREATE TABLE blob (
  id INTEGER PRIMARY KEY REFERENCES artifact ON DELETE CASCADE,
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE member (
  folder INTEGER NOT NULL REFERENCES artifact ON DELETE CASCADE,
  child INTEGER NOT NULL REFERENCES artifact,
  PRIMARY KEY (folder, child)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_child ON member (child);

CREATE TABLE trace (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('current', 'rival', 'past', 'torn')),
  step TEXT NOT NULL,
  stage TEXT NOT NULL,
  run TEXT NOT NULL,
  attempt TEXT NOT NULL,
  at REAL NOT NULL,
  code INTEGER NOT NULL REFERENCES artifact,
  wall REAL NOT NULL,
  cpu REAL NOT NULL,
  memory REAL NOT NULL,
  outs TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX trace_key ON trace (key, standing);
CREATE INDEX trace_rival ON trace (key) WHERE standing = 'rival';
CREATE INDEX trace_step ON trace (step);
CREATE INDEX trace_stage ON trace (stage);
CREATE INDEX trace_run ON trace (run);
CREATE INDEX trace_code ON trace (code);
CREATE TABLE trace_out (
  trace INTEGER NOT NULL REFERENCES trace ON DELETE CASCADE,
  artifact INTEGER NOT NULL REFERENCES artifact,
  PRIMARY KEY (trace, artifact)
) STRICT, WITHOUT ROWID;
CREATE INDEX trace_out_artifact ON trace_out (artifact);
CREATE TABLE trace_input (
  trace INTEGER NOT NULL REFERENCES trace ON DELETE CASCADE,
  artifact INTEGER NOT NULL REFERENCES artifact,
  PRIMARY KEY (trace, artifact)
) STRICT, WITHOUT ROWID;
CREATE INDEX trace_input_artifact ON trace_input (artifact);

CREATE TABLE lease (
  key TEXT PRIMARY KEY,
  attempt TEXT NOT NULL,
  owner INTEGER NOT NULL REFERENCES owner,
  at REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  id TEXT PRIMARY KEY,
  at REAL NOT NULL,
  owner INTEGER NOT NULL REFERENCES owner,
  status TEXT NOT NULL CHECK (status IN ('running', 'complete', 'failed', 'interrupted', 'lost')),
  finished REAL,
  counts TEXT NOT NULL,
  start TEXT NOT NULL
) STRICT;
CREATE INDEX run_at ON run (at);
CREATE INDEX run_owner ON run (owner);
CREATE TABLE event (
  run TEXT NOT NULL REFERENCES run ON DELETE CASCADE,
  batch INTEGER NOT NULL,
  form TEXT NOT NULL CHECK (form IN ('lines', 'deflate')),
  bytes BLOB NOT NULL,
  PRIMARY KEY (run, batch)
) STRICT;
CREATE TABLE run_key (
  key TEXT NOT NULL,
  run TEXT NOT NULL,
  PRIMARY KEY (key, run)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_key_run ON run_key (run);
CREATE TABLE failure (
  id INTEGER PRIMARY KEY,
  attempt TEXT NOT NULL,
  run TEXT NOT NULL,
  step TEXT NOT NULL,
  key TEXT NOT NULL,
  ending TEXT NOT NULL,
  message TEXT NOT NULL,
  at REAL NOT NULL
) STRICT;
CREATE INDEX failure_step ON failure (step);

CREATE TABLE memo (
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE published (
  profile TEXT NOT NULL,
  path TEXT NOT NULL,
  digest TEXT NOT NULL,
  step TEXT NOT NULL,
  stat TEXT NOT NULL,
  PRIMARY KEY (profile, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX published_digest ON published (digest);
CREATE TABLE pin (
  type TEXT NOT NULL CHECK (type IN ('trace', 'artifact', 'run')),
  name TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (type, name)
) STRICT, WITHOUT ROWID;
${auditTables}`;
