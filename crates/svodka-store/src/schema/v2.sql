-- Schema 2: a thing as one report names it can be judged by itself, many pairs can be judged at once, and what is asked of every name
-- is counted beforehand. The log stays as schema 1 has it; the state is made anew from it.

DROP TABLE relation;
DROP TABLE decision;
DROP TABLE part;
DROP TABLE claim;
DROP TABLE appearance;
DROP TABLE name;
DROP TABLE thing;
UPDATE report SET version = NULL, reading = NULL;
DELETE FROM version;
DELETE FROM report;
DELETE FROM undone;
DROP TABLE vocabulary;
DROP TABLE words;

-- A name with what sort of thing it names. Once met it stays, so that its number never means another.
CREATE TABLE thing (
  id       INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL,
  folded   TEXT NOT NULL,
  label    TEXT NOT NULL,
  reports  INTEGER NOT NULL DEFAULT 0,              -- that name it now; with the sums and latest days of its appearances
  mentions INTEGER NOT NULL DEFAULT 0,
  claims   INTEGER NOT NULL DEFAULT 0,
  claimed  INTEGER,
  named    INTEGER,                                 -- the last day of the reports that name it
  UNIQUE (kind, folded)
) STRICT;

-- The forms, folded, under which a thing was met.
CREATE TABLE name (
  folded TEXT NOT NULL,
  thing  INTEGER NOT NULL REFERENCES thing (id),
  PRIMARY KEY (folded, thing)
) STRICT, WITHOUT ROWID;

-- A thing as one report names it: what is judged to be the same or distinct.
CREATE TABLE appearance (
  thing    INTEGER NOT NULL REFERENCES thing (id),
  report   INTEGER NOT NULL REFERENCES report (id),
  mentions INTEGER NOT NULL,
  claims   INTEGER NOT NULL,                        -- of the report in which it has a part
  claimed  INTEGER,                                 -- the last day that one of them can be of
  forms    TEXT,                                    -- as the report writes it, in lines; null if as its label alone
  PRIMARY KEY (thing, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX appearance_by_report ON appearance (report);

-- Numbers for appearances of a name once one of them was judged by itself. They are never another thing's.
CREATE TABLE namesake (
  number INTEGER PRIMARY KEY,
  thing  INTEGER NOT NULL REFERENCES thing (id),
  report INTEGER NOT NULL REFERENCES report (id),
  UNIQUE (thing, report)
) STRICT;

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

-- The rule for people who may be alive, if one was set.
CREATE TABLE rule (
  operation INTEGER PRIMARY KEY REFERENCES operation (id)
) STRICT;

-- Claims that tell a birth or a death by that rule, as so and as at least probable.
CREATE TABLE life (
  report  INTEGER NOT NULL REFERENCES report (id),
  ordinal INTEGER NOT NULL,
  thing   INTEGER NOT NULL REFERENCES thing (id),
  tells   TEXT NOT NULL,                            -- birth or death
  day     INTEGER,                                  -- the last day it can have been on
  PRIMARY KEY (report, ordinal, thing, tells)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
  operation INTEGER PRIMARY KEY REFERENCES operation (id),
  report    INTEGER NOT NULL REFERENCES report (id),
  verdict   TEXT NOT NULL,
  standing  TEXT NOT NULL,                          -- claim, words or gone: what of it the current reading still has
  ordinal   INTEGER                                 -- the claim it is now about
) STRICT;
CREATE INDEX decision_by_report ON decision (report);

-- Judgements in force; without a report a side is the whole name.
CREATE TABLE relation (
  operation   INTEGER NOT NULL REFERENCES operation (id),
  pair        INTEGER NOT NULL,                     -- its place in the operation
  a           INTEGER NOT NULL REFERENCES thing (id),
  a_report    INTEGER REFERENCES report (id),
  b           INTEGER NOT NULL REFERENCES thing (id),
  b_report    INTEGER REFERENCES report (id),
  verdict     TEXT NOT NULL,
  probability REAL,                                 -- if a rule judged
  PRIMARY KEY (operation, pair)
) STRICT, WITHOUT ROWID;

-- The words of current versions, folded; its row ids are those of the reports.
CREATE VIRTUAL TABLE words USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'ascii');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
