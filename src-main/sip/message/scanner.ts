/**
 * Reads one header value from left to right. Values come unfolded, so white space is SP and HT. What does not
 * match leaves the position where it was and gives undefined: grammars read as a chain of attempts.
 */
export type Scanner = {
  readonly isDone: boolean
  /** Takes what the sticky pattern matches here. */
  take: (pattern: RegExp) => string | undefined
  /** Takes the character, with white space around it. */
  separator: (char: string) => boolean
  space: () => void
  /** Takes a quoted string and gives its content with escapes undone. */
  quoted: () => string | undefined
  /** Where it stands, to cut the source text out later. */
  position: () => number
  cut: (from: number) => string
}

export const tokenPattern = /[A-Za-z0-9\-.!%*_+`'~]+/y
const spacePattern = /[ \t]*/y
/** An escaped character may be any below 0x80 but CR and LF; NUL too (RFC 4475 §3.1.1.2). */
const quotedPattern = /"((?:[^"\\\r\n]|\\[^\r\n\u0080-\uffff])*)"/y

const tokenOnly = /^[A-Za-z0-9\-.!%*_+`'~]+$/
export const isToken = (text: string): boolean => tokenOnly.test(text)

export const createScanner = (text: string): Scanner => {
  let at = 0
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  const space = () => void take(spacePattern)
  return {
    get isDone() {
      return at >= text.length
    },
    take,
    space,
    separator: (char) => {
      const before = at
      space()
      if (text[at] !== char) {
        at = before
        return false
      }
      at += 1
      space()
      return true
    },
    quoted: () => take(quotedPattern)?.slice(1, -1).replaceAll(/\\(.)/gs, '$1'),
    position: () => at,
    cut: (from) => text.slice(from, at),
  }
}

/** As a quoted string. Control characters, which no display can show, are left out. */
export const quote = (text: string): string =>
  `"${text.replaceAll(/\p{Cc}/gu, '').replaceAll(/["\\]/g, '\\$&')}"`
