export const batches = `
-- A recipe is its versions; the newest is the one that counts.
CREATE TABLE recipes (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  UNIQUE (account_id, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE recipe_versions (
  recipe_id TEXT NOT NULL REFERENCES recipes (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  recipe TEXT NOT NULL,
  modified INTEGER NOT NULL,
  PRIMARY KEY (recipe_id, version)
) STRICT, WITHOUT ROWID;

-- recipe is the version that runs, whatever becomes of it later. levels are the levels of the packs it
-- matches, found once: while the batch works on a pack, its median moves.
CREATE TABLE batches (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL,
  library TEXT NOT NULL,
  name TEXT NOT NULL,
  recipe TEXT NOT NULL,
  recipe_key TEXT NOT NULL,
  is_dry_run INTEGER NOT NULL,
  levels TEXT NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL
) STRICT;
CREATE INDEX batches_account ON batches (account_id, seq);

-- outcome is what a finished item tells. result is the blob the file became, written in the transaction
-- that replaces it: no file is worked on twice.
CREATE TABLE batch_items (
  batch INTEGER NOT NULL REFERENCES batches (seq) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  media_id TEXT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'same', 'failed')),
  outcome TEXT NOT NULL,
  result TEXT,
  PRIMARY KEY (batch, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_items_state ON batch_items (batch, state);
CREATE INDEX batch_items_result ON batch_items (result) WHERE result IS NOT NULL;
`
