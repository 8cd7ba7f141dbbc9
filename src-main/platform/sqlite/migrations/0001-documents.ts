export const documents = `
-- One row a document of any type. body is what clients see, private what they never see.
CREATE TABLE documents (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  revision TEXT NOT NULL,
  body TEXT NOT NULL,
  private TEXT NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT GENERATED ALWAYS AS (body ->> '$.name') VIRTUAL,
  language TEXT GENERATED ALWAYS AS (lower(body ->> '$.language')) VIRTUAL,
  prompt_id TEXT GENERATED ALWAYS AS (body ->> '$.prompt_id') VIRTUAL,
  UNIQUE (account_id, type, id)
) STRICT;
CREATE INDEX documents_live ON documents (account_id, type, deleted, seq);
CREATE INDEX documents_name ON documents (account_id, type, deleted, name, seq);
CREATE INDEX documents_language ON documents (account_id, type, deleted, language, seq);
CREATE INDEX documents_prompt ON documents (account_id, type, deleted, prompt_id, language);

-- The files of a media document: the upload, and beside it the normalised one.
CREATE TABLE media_files (
  document INTEGER NOT NULL REFERENCES documents (seq) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('original', 'normalised')),
  blob TEXT NOT NULL,
  content_type TEXT NOT NULL,
  content_length INTEGER NOT NULL,
  filename TEXT NOT NULL,
  audio TEXT NOT NULL,
  PRIMARY KEY (document, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX media_files_blob ON media_files (blob);

-- The scripts of a pack, line by line as they were read, so that an export gives the same bytes back.
-- language '' is the list beside the language folders. prompt_id is null for lines that are no script.
CREATE TABLE script_lines (
  account_id TEXT NOT NULL,
  language TEXT NOT NULL,
  position INTEGER NOT NULL,
  prompt_id TEXT,
  line TEXT NOT NULL,
  PRIMARY KEY (account_id, language, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX script_lines_prompt ON script_lines (account_id, prompt_id, language);

CREATE TABLE tokens (
  hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  owner_id TEXT,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`
