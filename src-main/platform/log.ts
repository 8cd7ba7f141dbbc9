/**
 * Structured log: one JSON object a line on stderr, so that stdout stays free for the command-line
 * contract. Values under a key that names a secret are replaced before they are written.
 */
export type Level = 'debug' | 'info' | 'warn' | 'error'
export type Fields = Record<string, unknown>
export type Log = Record<Level, (message: string, fields?: Fields) => void> & {
  /** The same log with fields every line carries. */
  with: (fields: Fields) => Log
}

const order: readonly Level[] = ['debug', 'info', 'warn', 'error']
const secret = /token|password|credential|secret|api_?key|authorization|cookie/i

const plain = (key: string, value: unknown): unknown => {
  if (key !== '' && secret.test(key)) return '[redacted]'
  if (value instanceof Error) {
    return { name: value.name, message: value.message, stack: value.stack, cause: value.cause }
  }
  return value
}

export type LogOptions = { level?: Level; write?: (line: string) => void; nowMs?: () => number }

export const createLog = (options: LogOptions = {}): Log => {
  const { level = 'info', nowMs = Date.now } = options
  const write = options.write ?? ((line: string) => void process.stderr.write(line))
  const lowest = order.indexOf(level)

  const make = (bound: Fields): Log => {
    const at = (line: Level) => (message: string, fields?: Fields) => {
      if (order.indexOf(line) < lowest) return
      const time = new Date(nowMs()).toISOString()
      write(`${JSON.stringify({ time, level: line, message, ...bound, ...fields }, plain)}\n`)
    }
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      with: (fields) => make({ ...bound, ...fields }),
    }
  }
  return make({})
}

/** Writes nothing: for tests that do not look at the log. */
export const silentLog = createLog({ write: () => undefined })
