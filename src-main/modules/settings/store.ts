import type { Reader, Writer } from '../../platform/sqlite/sqlite.ts'

export const readAll = (db: Reader): Record<string, unknown> =>
  Object.fromEntries(
    db
      .all('SELECT key, value FROM settings')
      .map(({ key, value }) => [String(key), JSON.parse(String(value)) as unknown]),
  )

export const writeAll = (db: Writer, values: Record<string, unknown>): void => {
  for (const [key, value] of Object.entries(values)) {
    db.run(
      'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      JSON.stringify(value),
    )
  }
}
