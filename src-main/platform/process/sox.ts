import type { Processes } from './process.ts'

// Blanks, "double quoted", 'single quoted', an escaped character, plain characters.
const piece = /(\s+)|"((?:[^"\\]|\\[^])*)"|'([^']*)'|\\([^])|([^\s"'\\]+)/y

const unreadable = (rest: string, text: string): Error =>
  rest === '\\'
    ? new Error(`the arguments end with a backslash: ${text}`)
    : new Error(`the quote ${rest.charAt(0)} is opened and not closed in: ${text}`)

/**
 * Splits what an administrator typed into arguments, as a POSIX shell would: blanks separate, quotes
 * and backslashes protect. Nothing is expanded, and nothing is ever run. Throws an Error that says
 * what is wrong with the text.
 */
export const parseArgs = (text: string): string[] => {
  if (text.includes('\0')) throw new Error('arguments cannot contain a NUL character')
  const args: string[] = []
  let word: string | undefined
  piece.lastIndex = 0
  for (let at = 0; at < text.length; at = piece.lastIndex) {
    const match = piece.exec(text)
    if (!match) throw unreadable(text.slice(at), text)
    const [, blanks, inDouble, inSingle, escaped, plain] = match
    if (blanks === undefined) {
      const unescaped = inDouble?.replace(/\\(["\\$`])/g, '$1')
      word = (word ?? '') + (unescaped ?? inSingle ?? escaped ?? plain ?? '')
    } else if (word !== undefined) {
      args.push(word)
      word = undefined
    }
  }
  return word === undefined ? args : [...args, word]
}

export type SoxFacts = { version: string; formats: string[] }

/** Reads `sox --help`: its first line names the version, one further down the formats. */
export const parseSoxHelp = (help: string): SoxFacts => ({
  version: /SoX v?(\S+)/.exec(help)?.[1] ?? 'unknown',
  formats: (/^AUDIO FILE FORMATS:(.*)$/m.exec(help)?.[1] ?? '').trim().split(/\s+/),
})

const QUICK_MS = 10_000

/**
 * What the installed sox can do. A format it can read but was built without a writer for is left out
 * when it is in `written`. Rejects with a ToolError when sox cannot be run.
 */
export const probeSox = async (
  processes: Processes,
  command: string,
  written: readonly string[],
): Promise<SoxFacts> => {
  const ask = async (...args: string[]) => {
    // Asking for help counts as wrong usage in some versions.
    const request = { tool: 'sox', command, args, deadlineMs: QUICK_MS, okCodes: [0, 1] }
    const { stdout, stderr } = await processes.run({ ...request, isAwaited: true })
    return `${stdout.toString()}\n${stderr}`
  }
  const { version, formats } = parseSoxHelp(await ask('--help'))
  const isUnwritable = async (format: string) =>
    formats.includes(format) && /^Writes: no/m.test(await ask('--help-format', format))
  const unwritable: string[] = []
  for (const format of written) if (await isUnwritable(format)) unwritable.push(format)
  return { version, formats: formats.filter((format) => !unwritable.includes(format)) }
}
