import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import type { Rate } from '../../engine/port.ts'
import { AppError, isAbort } from '../../platform/errors.ts'
import type { Speech } from '../speech/speech.ts'
import type { Cache, Held } from './cache.ts'
import type { DecodeFile } from './decode.ts'
import { Unplayable } from './problem.ts'

/** Numbers that are spoken: neither KAZOO's prompts nor FreeSWITCH's are named by a number in the library. */
export type Numbers = {
  /** In the first of the languages that a voice speaks. Rejects with `Unplayable`. */
  readonly say: (value: number, languages: readonly string[], rate: Rate) => Promise<Held>
  /** Throws `Unplayable` where `say` would, but for what the engine alone knows. */
  readonly check: (value: number, languages: readonly string[]) => void
}

const MOST = 9999

export const createNumbers = (deps: {
  speech: Pick<Speech, 'speak' | 'mappings'>
  cache: Cache
  decode: DecodeFile
  signal: AbortSignal
}): Numbers => {
  const { speech, cache, decode, signal } = deps

  /** A voice of exactly that tag, or of the language in whichever country. */
  const voiceOf = (languages: readonly string[]): string | undefined => {
    const voices = speech.mappings()
    for (const wanted of languages) {
      const found =
        voices.find(({ language }) => language.toLowerCase() === wanted) ??
        voices.find(({ language }) => language.toLowerCase().startsWith(`${wanted}-`))
      if (found) return found.voice
    }
    return undefined
  }

  const speak = async (text: string, voice: string): Promise<Buffer> => {
    try {
      return await speech.speak(text, voice, signal)
    } catch (error) {
      if (isAbort(error) || !(error instanceof AppError)) throw error
      throw new Unplayable(error.message, { cause: error })
    }
  }

  const make = async (
    text: string,
    voice: string,
    { rate, path }: { rate: Rate; path: string },
  ) => {
    const spoken = `${path}.wav`
    try {
      await writeFile(spoken, await speak(text, voice), { mode: 0o600 })
      await decode(spoken, rate, path)
    } finally {
      await rm(spoken, { force: true })
    }
  }

  /** The voice that says it. */
  const check = (value: number, languages: readonly string[]): string => {
    if (!Number.isInteger(value) || value < 0 || value > MOST) {
      throw new Unplayable(`Only whole numbers from 0 to ${MOST} are said.`)
    }
    const voice = voiceOf(languages)
    if (voice === undefined) throw new Unplayable('There is no voice for this language.')
    return voice
  }

  return {
    check,
    say: async (value, languages, rate) => {
      const voice = check(value, languages)
      const text = `${value}`
      const hash = createHash('sha256').update(`${voice}\n${text}`).digest('hex')
      return cache.use(`said-${hash}-${rate}`, (path) => make(text, voice, { rate, path }))
    },
  }
}
