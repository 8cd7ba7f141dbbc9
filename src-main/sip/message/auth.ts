import type { Params } from './message.ts'
import { createScanner, tokenPattern } from './scanner.ts'

/** `Digest username="ann", realm="…"`: WWW-Authenticate, Authorization and their proxy forms. */
export type AuthHeader = {
  /** Lower case: `digest`. */
  readonly scheme: string
  readonly params: Params
}

const looseValue = /[^ \t,"]+/y

/** Undefined when it is not a scheme with a list of parameters, or names one twice. */
export const parseAuth = (value: string): AuthHeader | undefined => {
  const scanner = createScanner(value)
  scanner.space()
  const scheme = scanner.take(tokenPattern)?.toLowerCase()
  if (scheme === undefined) return undefined
  scanner.space()
  const params = new Map<string, string>()
  do {
    const name = scanner.take(tokenPattern)?.toLowerCase()
    if (name === undefined || !scanner.separator('=')) return undefined
    const text = scanner.quoted() ?? scanner.take(looseValue)
    if (text === undefined || params.has(name)) return undefined
    params.set(name, text)
  } while (scanner.separator(','))
  scanner.space()
  return scanner.isDone ? { scheme, params } : undefined
}
