-- Schema 1. What is in the first part is only ever added to; what is in the second follows from it.

-- Texts and readings, compressed, each once.
CREATE TABLE content (
  id     INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 16),
  length INTEGER NOT NULL,
  bytes  BLOB NOT NULL
) STRICT;

-- Everything that was ever done to the project, in order.
CREATE TABLE operation (
  id      INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,
  author  TEXT NOT NULL,
  kind    TEXT NOT NULL,
  format  INTEGER NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  undoes  INTEGER REFERENCES operation (id) CHECK (undoes < id)
) STRICT;

CREATE INDEX operation_by_kind ON operation (kind);

CREATE TRIGGER operation_stays BEFORE UPDATE ON operation
  BEGIN SELECT RAISE (ABORT, 'the log is only added to'); END;
CREATE TRIGGER operation_is_kept BEFORE DELETE ON operation
  BEGIN SELECT RAISE (ABORT, 'the log is only added to'); END;
CREATE TRIGGER content_stays BEFORE UPDATE ON content
  BEGIN SELECT RAISE (ABORT, 'the log is only added to'); END;
CREATE TRIGGER content_is_kept BEFORE DELETE ON content
  BEGIN SELECT RAISE (ABORT, 'the log is only added to'); END;

-- Who has the project open for writing. Neither log nor state: it only says whom to ask.
CREATE TABLE session (
  id    INTEGER PRIMARY KEY,
  pid   INTEGER NOT NULL,
  host  TEXT NOT NULL,
  since TEXT NOT NULL,
  doing TEXT NOT NULL
) STRICT;

-- Operations that an undoing took back.
CREATE TABLE undone (
  operation INTEGER PRIMARY KEY REFERENCES operation (id)
) STRICT;

CREATE TABLE report (
  id      INTEGER PRIMARY KEY,
  label   TEXT NOT NULL UNIQUE,
  version INTEGER REFERENCES version (operation),   -- the current one; null when every adding was undone
  reading INTEGER REFERENCES operation (id),        -- the adding or rereading that the rows below come from
  title   TEXT,
  date    TEXT,
  first   INTEGER,                                  -- days as year * 10000 + month * 100 + day
  last    INTEGER
) STRICT;

CREATE TABLE version (
  operation INTEGER PRIMARY KEY REFERENCES operation (id),
  report    INTEGER NOT NULL REFERENCES report (id),
  number    INTEGER NOT NULL,
  sha256    TEXT NOT NULL,                          -- of the file's bytes
  text      BLOB NOT NULL,                          -- digest of its text
  UNIQUE (report, number)
) STRICT;
CREATE INDEX version_by_bytes ON version (sha256);

-- A name with what sort of thing it names. Once met it stays, so that its number never means another.
CREATE TABLE thing (
  id     INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL,
  folded TEXT NOT NULL,
  label  TEXT NOT NULL,
  UNIQUE (kind, folded)
) STRICT;

-- The forms, folded, under which a thing was met.
CREATE TABLE name (
  folded TEXT NOT NULL,
  thing  INTEGER NOT NULL REFERENCES thing (id),
  PRIMARY KEY (folded, thing)
) STRICT, WITHOUT ROWID;

CREATE TABLE appearance (
  thing    INTEGER NOT NULL REFERENCES thing (id),
  report   INTEGER NOT NULL REFERENCES report (id),
  mentions INTEGER NOT NULL,
  PRIMARY KEY (thing, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX appearance_by_report ON appearance (report);

-- The claims of current versions; the rest of each stands in its reading.
CREATE TABLE claim (
  report    INTEGER NOT NULL REFERENCES report (id),
  ordinal   INTEGER NOT NULL,
  key       INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  certainty INTEGER NOT NULL,                       -- 0 asserted, 1 probable, 2 possible, 3 unestablished
  negative  INTEGER NOT NULL,
  first     INTEGER,
  last      INTEGER,
  PRIMARY KEY (report, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE part (
  thing   INTEGER NOT NULL REFERENCES thing (id),
  report  INTEGER NOT NULL REFERENCES report (id),
  ordinal INTEGER NOT NULL,
  role    TEXT NOT NULL,                            -- '' for who is said to have said it
  PRIMARY KEY (thing, report, ordinal, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
  operation INTEGER PRIMARY KEY REFERENCES operation (id),
  report    INTEGER NOT NULL REFERENCES report (id),
  verdict   TEXT NOT NULL,
  standing  TEXT NOT NULL,                          -- claim, words or gone: what of it the current reading still has
  ordinal   INTEGER                                 -- the claim it is now about
) STRICT;
CREATE INDEX decision_by_report ON decision (report);

CREATE TABLE relation (
  operation INTEGER PRIMARY KEY REFERENCES operation (id),
  a         INTEGER NOT NULL REFERENCES thing (id),
  b         INTEGER NOT NULL REFERENCES thing (id),
  verdict   TEXT NOT NULL
) STRICT;

-- The words of current versions, folded; its row ids are those of the reports.
CREATE VIRTUAL TABLE words USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'ascii');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
