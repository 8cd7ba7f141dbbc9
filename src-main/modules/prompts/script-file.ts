/**
 * `prompts.txt`: what a language's prompts say, one `prompt_id: text` a line, blank lines between
 * groups. Lines are kept as they were read, so that an unchanged file is written back byte for byte.
 * Where an id stands twice, its first line counts.
 */
export type ScriptLine = { promptId: string | undefined; line: string }

const form = /^([^\s:#;][^:]*?)\s*:(.*)$/

/** Prompt id and text of a line; a byte order mark and a carriage return belong to neither. */
const parts = (line: string): RegExpExecArray | null =>
  form.exec(line.replace(/^\uFEFF/, '').replace(/\r$/, ''))

/** The lines of a file; `join('\n')` of them is the file again. */
export const parseScripts = (file: string): ScriptLine[] =>
  file.split('\n').map((line) => ({ promptId: parts(line)?.[1], line }))

export const serialiseScripts = (lines: readonly ScriptLine[]): string =>
  lines.map(({ line }) => line).join('\n')

export const textOf = ({ line }: ScriptLine): string => (parts(line)?.[2] ?? '').trim()

export const duplicatesIn = (lines: readonly ScriptLine[]): string[] => {
  const ids = lines.map(({ promptId }) => promptId).filter((id) => id !== undefined)
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))]
}

/** Whether a line can name the prompt: one that begins like a comment, or holds a colon, cannot. */
export const canName = (promptId: string): boolean => {
  const [line, ...more] = parseScripts(`${promptId}:`)
  return more.length === 0 && line?.promptId === promptId
}

/** A text as it stands in its line: without breaks. */
export const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** The lines with this text for the prompt: its first line changed, or a new one at the end. */
export const withScript = (
  lines: readonly ScriptLine[],
  promptId: string,
  text: string,
): ScriptLine[] => {
  const ending = lines.some(({ line }) => line.endsWith('\r')) ? '\r' : ''
  const changed = { promptId, line: `${promptId}: ${inOneLine(text)}${ending}` }
  const index = lines.findIndex((line) => line.promptId === promptId)
  if (index >= 0) return lines.with(index, changed)
  // A file that ends with a newline ends with an empty line here, which stays the last.
  const end = lines.at(-1)?.line === '' ? lines.length - 1 : lines.length
  const rest = end === lines.length ? [{ promptId: undefined, line: '' }] : []
  return [...lines.toSpliced(end, 0, changed), ...rest]
}
