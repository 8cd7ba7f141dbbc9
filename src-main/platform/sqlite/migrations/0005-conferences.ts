const numbers = `
  SELECT value FROM json_each(NEW.body, '$.conference_numbers')
  UNION SELECT value FROM json_each(NEW.body, '$.member.numbers')
  UNION SELECT value FROM json_each(NEW.body, '$.moderator.numbers')`

export const conferences = `
-- Which conference a number calls: asked with every incoming call. Triggers keep it, so that it cannot differ
-- from what the documents say.
CREATE TABLE conference_numbers (
  account_id TEXT NOT NULL,
  number TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (seq) ON DELETE CASCADE,
  PRIMARY KEY (account_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX conference_numbers_document ON conference_numbers (document);

CREATE TRIGGER conference_created AFTER INSERT ON documents
  WHEN NEW.type = 'conference' AND NEW.deleted = 0
BEGIN
  INSERT INTO conference_numbers (account_id, number, document)
    SELECT NEW.account_id, value, NEW.seq FROM (${numbers});
END;

CREATE TRIGGER conference_changed AFTER UPDATE OF body, deleted ON documents
  WHEN NEW.type = 'conference'
BEGIN
  DELETE FROM conference_numbers WHERE document = NEW.seq;
  INSERT INTO conference_numbers (account_id, number, document)
    SELECT NEW.account_id, value, NEW.seq FROM (${numbers}) WHERE NEW.deleted = 0;
END;
`
