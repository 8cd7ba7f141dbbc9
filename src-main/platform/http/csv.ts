const cell = (value: unknown): string => {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  // A leading = + - @ would be run as a formula by spreadsheets.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const flatten = (value: unknown, prefix = ''): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, inner]) =>
        flatten(inner, prefix === '' ? key : `${prefix}.${key}`),
      )
    : [[prefix, value]]

/** A line of CSV with its end. */
export const csvLine = (cells: readonly unknown[]): string => `${cells.map(cell).join(',')}\r\n`

/** A list as CSV (RFC 4180): a header of every key any row has, nested keys dotted. */
export const toCsv = (rows: readonly unknown[]): string => {
  const records = rows.map((row) => new Map(flatten(row)))
  const header = [...new Set(records.flatMap((record) => [...record.keys()]))]
  const lines = records.map((record) => csvLine(header.map((key) => record.get(key))))
  return [csvLine(header), ...lines].join('')
}
