export const conferenceHistory = `
-- What happened in conferences. Written in batches, never changed, and removed from its beginning: ids grow with time.
CREATE TABLE conference_history (
  entry_id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL,
  conference_id TEXT NOT NULL,
  instance_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  is_talk INTEGER NOT NULL,
  event TEXT NOT NULL
) STRICT;
CREATE INDEX conference_history_all ON conference_history (account_id, conference_id, entry_id);
-- Who talks when is most of it, and kept apart.
CREATE INDEX conference_history_deeds ON conference_history (account_id, conference_id, entry_id)
  WHERE is_talk = 0;
CREATE INDEX conference_history_talk ON conference_history (account_id, conference_id, entry_id)
  WHERE is_talk = 1;
`
