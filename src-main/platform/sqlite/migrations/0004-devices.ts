export const devices = `
-- Asked with every request of a phone, and with every change of a device.
CREATE INDEX documents_sip_username ON documents (account_id, lower(body ->> '$.sip.username'))
  WHERE type = 'device' AND deleted = 0;

-- Users have had no names: what Crossbar calls the first administrator.
UPDATE documents SET body = json_set(body, '$.first_name', 'Account', '$.last_name', 'Admin')
  WHERE type = 'user' AND body ->> '$.first_name' IS NULL;
`
