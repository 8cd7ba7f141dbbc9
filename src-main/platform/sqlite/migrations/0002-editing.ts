export const editing = `
-- The files of a media document as they were before they were first edited, until the next upload or
-- a revert. A table of its own: nothing that serves or exports files can come across them.
CREATE TABLE unedited_files (
  document INTEGER NOT NULL REFERENCES documents (seq) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('original', 'normalised')),
  blob TEXT NOT NULL,
  content_type TEXT NOT NULL,
  content_length INTEGER NOT NULL,
  filename TEXT NOT NULL,
  audio TEXT NOT NULL,
  PRIMARY KEY (document, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX unedited_files_blob ON unedited_files (blob);

-- Blobs an account may edit with. used: when it was last needed, in Gregorian seconds.
CREATE TABLE sources (
  account_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  created INTEGER NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sources_id ON sources (id);

-- Unsaved work: an edit list it began with, and the steps since, of which position count.
-- media_blob is the file that a save may replace without asking.
CREATE TABLE drafts (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  target TEXT NOT NULL CHECK (target IN ('account', 'system')),
  media_id TEXT,
  media_revision TEXT,
  media_blob TEXT,
  revision INTEGER NOT NULL,
  initial TEXT NOT NULL,
  position INTEGER NOT NULL,
  saved_position INTEGER,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX drafts_media ON drafts (account_id, target, media_id)
  WHERE media_id IS NOT NULL;

-- number counts from 1. seq is never used twice, so it tells a step from one that took its place.
CREATE TABLE draft_steps (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  operation TEXT NOT NULL,
  label TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (draft_id, number)
) STRICT;

-- The sources that the beginning of a draft (number 0) and each of its steps name.
CREATE TABLE draft_sources (
  draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (draft_id, number, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_sources_source ON draft_sources (source);
`
