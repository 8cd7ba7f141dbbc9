import type { HistoryEntry } from '#contract/board'
import type { Reader, Row, Writer } from '../../platform/sqlite/sqlite.ts'

/** A conference of an account; ids of two accounts may be alike. */
export type Of = { readonly accountId: string; readonly conferenceId: string }

export type NewEntry = Of & {
  readonly instanceId: string
  readonly atMs: number
  /** Told of who talks when. */
  readonly isTalk: boolean
  /** Without the ids above. */
  readonly event: Readonly<Record<string, unknown>>
}

const toEntry = ({ accountId, conferenceId }: Of, row: Row): HistoryEntry => {
  const instanceId = String(row.instance_id)
  return {
    entry_id: Number(row.entry_id),
    at_ms: Number(row.at_ms),
    instance_id: instanceId,
    event: {
      ...(JSON.parse(String(row.event)) as Record<string, unknown>),
      ...{ account_id: accountId, conference_id: conferenceId },
      ...(instanceId !== '' && { instance_id: instanceId }),
    },
  }
}

/** The id it got. */
export const insertEntry = (tx: Writer, entry: NewEntry): number =>
  tx.run(
    `INSERT INTO conference_history (account_id, conference_id, instance_id, at_ms, is_talk, event)
     VALUES (?, ?, ?, ?, ?, ?)`,
    ...[entry.accountId, entry.conferenceId, entry.instanceId, entry.atMs],
    ...[entry.isTalk ? 1 : 0, JSON.stringify(entry.event)],
  ).id

const one = 'account_id = ? AND conference_id = ?'
const columns = 'SELECT entry_id, at_ms, instance_id, event FROM conference_history'

/** Newest first. */
export const entriesBefore = (
  db: Reader,
  of: Of,
  page: { before: number; limit: number; talking: boolean },
): HistoryEntry[] =>
  db
    .all(
      `${columns} WHERE ${one} AND entry_id < ?${page.talking ? '' : ' AND is_talk = 0'}
       ORDER BY entry_id DESC LIMIT ?`,
      ...[of.accountId, of.conferenceId, page.before, page.limit],
    )
    .map((row) => toEntry(of, row))

/** Oldest first. */
export const entriesAfter = (
  db: Reader,
  of: Of,
  page: { after: number; limit: number },
): HistoryEntry[] =>
  db
    .all(
      `${columns} WHERE ${one} AND entry_id > ? ORDER BY entry_id LIMIT ?`,
      ...[of.accountId, of.conferenceId, page.after, page.limit],
    )
    .map((row) => toEntry(of, row))

export const entryById = (db: Reader, of: Of, id: number): HistoryEntry | undefined =>
  entriesAfter(db, of, { after: id - 1, limit: 1 }).find(({ entry_id }) => entry_id === id)

/** Keeps the newest of a conference: so many of who talks when, and so many of everything else. */
export const dropBeyond = (tx: Writer, { accountId, conferenceId }: Of, kept: number): void => {
  for (const kind of ['is_talk = 0', 'is_talk = 1']) {
    const those = `conference_history WHERE ${one} AND ${kind}`
    tx.run(
      `DELETE FROM ${those} AND entry_id <=
         (SELECT entry_id FROM ${those} ORDER BY entry_id DESC LIMIT 1 OFFSET ?)`,
      ...[accountId, conferenceId, accountId, conferenceId, kept],
    )
  }
}

/** Of all conferences, from the beginning, at most so many; how many it were. */
export const dropOlder = (tx: Writer, thanMs: number, atMost: number): number =>
  tx.run(
    `DELETE FROM conference_history WHERE entry_id <= (SELECT max(entry_id) FROM
       (SELECT entry_id, at_ms FROM conference_history ORDER BY entry_id LIMIT ?) WHERE at_ms < ?)`,
    ...[atMost, thanMs],
  ).changes
