/**
 * What garbage collection asks of the database. Marks live in temporary tables; each deletion asks the same questions
 * again inside its own transaction, so that what another process began to use meanwhile stays.
 */

/** `keep_run`: runs whose traces stay. `known_run`: all runs there were when marking began; newer ones are kept. */
export const temporary = `
CREATE TEMP TABLE IF NOT EXISTS keep_key (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS keep_artifact (digest TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS keep_run (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS known_run (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS doomed_trace (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS doomed_artifact (rank INTEGER PRIMARY KEY, id INTEGER UNIQUE, digest TEXT, size INTEGER);
DELETE FROM keep_key; DELETE FROM keep_artifact; DELETE FROM keep_run; DELETE FROM known_run;
DELETE FROM doomed_trace; DELETE FROM doomed_artifact;
`;

/** Values: the number of complete runs to keep, and a JSON list of the ids of live owners. */
export const markRuns = `INSERT OR IGNORE INTO keep_run
  SELECT id FROM (SELECT id FROM run WHERE status = 'complete' ORDER BY at DESC, rowid DESC LIMIT ?)
  UNION SELECT id FROM run WHERE status = 'running' AND owner IN (SELECT value FROM json_each(?))
  UNION SELECT name FROM pin WHERE type = 'run'`;
export const markKnownRuns = `INSERT INTO known_run
  SELECT id FROM run UNION SELECT run FROM run_key UNION SELECT run FROM trace`;

const runStays = (run: string): string => `(EXISTS (SELECT 1 FROM keep_run WHERE keep_run.id = ${run})
  OR NOT EXISTS (SELECT 1 FROM known_run WHERE known_run.id = ${run}))`;

/** Why a trace `t` stays. A key that is needed keeps what is current and what disputes it. */
const traceStays = `(
  EXISTS (SELECT 1 FROM trace AS r WHERE r.key = t.key AND r.standing = 'rival')
  OR (t.standing = 'current' AND (
    EXISTS (SELECT 1 FROM keep_key AS k WHERE k.key = t.key)
    OR EXISTS (SELECT 1 FROM lease AS l WHERE l.key = t.key)
    OR EXISTS (SELECT 1 FROM pin AS p WHERE p.type = 'trace' AND p.name = t.key)
    OR EXISTS (SELECT 1 FROM run_key AS u WHERE u.key = t.key AND ${runStays('u.run')})))
  OR (NOT EXISTS (SELECT 1 FROM known_run WHERE known_run.id = t.run) OR EXISTS (SELECT 1 FROM keep_run WHERE keep_run.id = t.run))
  OR EXISTS (SELECT 1 FROM trace_out AS o JOIN artifact AS a ON a.id = o.artifact
             WHERE o.trace = t.id AND (
               EXISTS (SELECT 1 FROM published AS b WHERE b.digest = a.digest AND b.step = t.step)
               OR EXISTS (SELECT 1 FROM pin AS p WHERE p.type = 'artifact' AND p.name = a.digest))))`;

export const markTraces = `INSERT INTO doomed_trace SELECT t.id FROM trace AS t WHERE NOT ${traceStays}`;
export const someTraces = 'SELECT id FROM doomed_trace ORDER BY id LIMIT ?';
export const deleteTrace = `DELETE FROM trace AS t WHERE t.id = ? AND NOT ${traceStays}`;

/** Why an artifact `a` stays. The value is the time before which it must have been used last to go. */
const artifactStays = `(
  a.used >= ?
  OR EXISTS (SELECT 1 FROM keep_artifact AS k WHERE k.digest = a.digest)
  OR EXISTS (SELECT 1 FROM pin AS p WHERE p.type = 'artifact' AND p.name = a.digest)
  OR EXISTS (SELECT 1 FROM published AS b WHERE b.digest = a.digest)
  OR EXISTS (SELECT 1 FROM trace_out AS o WHERE o.artifact = a.id
             AND NOT EXISTS (SELECT 1 FROM doomed_trace AS d WHERE d.id = o.trace))
  OR EXISTS (SELECT 1 FROM trace_input AS i WHERE i.artifact = a.id
             AND NOT EXISTS (SELECT 1 FROM doomed_trace AS d WHERE d.id = i.trace))
  OR EXISTS (SELECT 1 FROM trace AS c WHERE c.code = a.id
             AND NOT EXISTS (SELECT 1 FROM doomed_trace AS d WHERE d.id = c.id))
  OR EXISTS (SELECT 1 FROM member AS m WHERE m.child = a.id
             AND NOT EXISTS (SELECT 1 FROM doomed_artifact AS d WHERE d.id = m.folder)))`;

const isFolder = 'EXISTS (SELECT 1 FROM member AS n WHERE n.folder = a.id)';
/** Folders first: their files are needed as long as they are. */
export const markFolders = `INSERT INTO doomed_artifact (id, digest, size)
  SELECT a.id, a.digest, coalesce(a.size, -1) FROM artifact AS a WHERE ${isFolder} AND NOT ${artifactStays}`;
export const markArtifacts = `INSERT INTO doomed_artifact (id, digest, size)
  SELECT a.id, a.digest, coalesce(a.size, -1) FROM artifact AS a WHERE NOT ${isFolder} AND NOT ${artifactStays}`;
export const someArtifacts =
  'SELECT rank, id, digest, size FROM doomed_artifact WHERE rank > ? ORDER BY rank LIMIT ?';
export const deleteArtifact = `DELETE FROM artifact AS a WHERE a.id = ? AND NOT ${artifactStays}`;
