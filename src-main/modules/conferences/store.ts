import type { Reader } from '../../platform/sqlite/sqlite.ts'

/** Id of the account's live conference with this number, for any role. */
export const idByNumber = (db: Reader, accountId: string, number: string): string | undefined => {
  const row = db.get(
    `SELECT id FROM conference_numbers AS n JOIN documents AS d ON d.seq = n.document
     WHERE n.account_id = ? AND n.number = ?`,
    accountId,
    number,
  )
  return row && String(row.id)
}

/** A number that another conference has. */
export type TakenNumber = {
  readonly number: string
  readonly conferenceId: string
  readonly name: string | undefined
}

/** Those of the numbers that another conference of the account has. */
export const takenNumbers = (
  db: Reader,
  conference: { accountId: string; id: string; numbers: readonly string[] },
): TakenNumber[] =>
  db
    .all(
      `SELECT number, d.id, d.body ->> '$.name' AS name
       FROM conference_numbers AS n JOIN documents AS d ON d.seq = n.document
       WHERE n.account_id = ? AND n.number IN (SELECT value FROM json_each(?)) AND d.id <> ?
       ORDER BY number`,
      conference.accountId,
      JSON.stringify(conference.numbers),
      conference.id,
    )
    .map(({ number, id, name }) => ({
      number: String(number),
      conferenceId: String(id),
      name: typeof name === 'string' ? name : undefined,
    }))
