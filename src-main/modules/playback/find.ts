import { access } from 'node:fs/promises'
import { readTones } from '../../engine/frame/tones.ts'
import type { Playable, Rate } from '../../engine/port.ts'
import type { Audible } from './audible.ts'
import type { Held } from './cache.ts'
import type { LibraryFiles } from './library-files.ts'
import type { Numbers } from './numbers.ts'
import { seek, type Asker, type InLibrary } from './places.ts'
import { Unplayable } from './problem.ts'
import type { RemoteFiles } from './remote-files.ts'

/** What is asked for by one item, and where problems of it go. */
export type Ask = Asker & {
  readonly rate: Rate
  readonly tell: (message: string) => void
}

export type Found = { readonly item: Playable; readonly release?: () => void }

/** Throws `Unplayable`. */
export const readable = (text: string): Playable => {
  const tones = readTones(text)
  if (!('error' in tones)) return { kind: 'tones', text }
  throw new Unplayable(`At character ${tones.at + 1} ${tones.error}.`)
}

/** Finds what is to be played for one item. Rejects with `Unplayable` when there is nothing. */
export type Find = (audible: Audible, ask: Ask) => Promise<Found>

export const createFind = (deps: {
  library: Pick<LibraryFiles, 'first'>
  remote: RemoteFiles
  numbers: Pick<Numbers, 'say'>
  languagesOf: (accountId: string, language: string) => readonly string[]
}): Find => {
  const { library, remote, numbers, languagesOf } = deps

  const played = async (file: Promise<Held>, { rate }: Ask): Promise<Found> => {
    const { path, release } = await file
    return { item: { kind: 'pcm', path, rate }, release }
  }

  const stored = async ({ places, missing }: InLibrary, { rate, tell }: Ask): Promise<Held> => {
    const file = await library.first(places, rate, tell)
    if (file) return file
    throw new Unplayable(missing)
  }

  return async (audible, ask) => {
    const sought = seek(audible, ask, languagesOf)
    switch (sought.kind) {
      case 'library':
        return played(stored(sought, ask), ask)
      case 'url':
        return played(remote.use(sought.url, ask.rate), ask)
      case 'silence':
        return { item: sought }
      case 'tones':
        return { item: readable(sought.text) }
      case 'number':
        return played(numbers.say(sought.value, ask.languages, ask.rate), ask)
      case 'file':
        await access(sought.path).catch((error: unknown) => {
          throw new Unplayable('The file is not there.', { cause: error })
        })
        return { item: { kind: 'pcm', path: sought.path, rate: sought.rate } }
    }
  }
}
