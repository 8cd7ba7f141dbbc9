import { access } from 'node:fs/promises'
import { readTones } from '../../engine/frame/tones.ts'
import type { Playable, Rate } from '../../engine/port.ts'
import type { Audible } from './audible.ts'
import type { Held } from './cache.ts'
import type { LibraryFiles, Place } from './library-files.ts'
import type { Numbers } from './numbers.ts'
import { Unplayable } from './problem.ts'
import { readReference, systemLibrary, type Reference } from './reference.ts'
import type { RemoteFiles } from './remote-files.ts'

/** What is asked for by one item, and where problems of it go. */
export type Ask = {
  readonly accountId: string
  readonly languages: readonly string[]
  readonly rate: Rate
  readonly tell: (message: string) => void
}

export type Found = { readonly item: Playable; readonly release?: () => void }

const libraryName = (library: string): string =>
  library === systemLibrary ? 'the system library' : 'the account'

const readable = (text: string): Playable => {
  const tones = readTones(text)
  if (!('error' in tones)) return { kind: 'tones', text }
  throw new Unplayable(`At character ${tones.at + 1} ${tones.error}.`)
}

/** Finds what is to be played for one item. Rejects with `Unplayable` when there is nothing. */
export type Find = (audible: Audible, ask: Ask) => Promise<Found>

export const createFind = (deps: {
  library: LibraryFiles
  remote: RemoteFiles
  numbers: Numbers
  languagesOf: (accountId: string, language: string) => readonly string[]
}): Find => {
  const { library, remote, numbers, languagesOf } = deps

  const played = async (file: Promise<Held>, { rate }: Ask): Promise<Found> => {
    const { path, release } = await file
    return { item: { kind: 'pcm', path, rate }, release }
  }

  const inLibrary = (places: readonly Place[], { rate, tell }: Ask): Promise<Held> =>
    library.first(places, rate, (place, problem) => {
      if (places.length > 1) tell(`${place.id} of ${libraryName(place.library)}: ${problem}`)
    })

  const prompt = async (promptId: string, libraries: readonly string[], ask: Ask) => {
    const places = ask.languages.flatMap((language) =>
      libraries.map((name) => ({ library: name, id: `${language}/${promptId}` })),
    )
    try {
      return await inLibrary(places, ask)
    } catch (error) {
      if (!(error instanceof Unplayable)) throw error
      const tried = ask.languages.join(', ')
      throw new Unplayable(`There is no such prompt that can be played in ${tried}.`)
    }
  }

  const referred = async (reference: Reference, ask: Ask): Promise<Found> => {
    switch (reference.kind) {
      case 'tones':
        return { item: readable(reference.text) }
      case 'silence':
        return { item: reference }
      case 'url':
        return played(remote.use(reference.url, ask.rate), ask)
      case 'media': {
        const { libraries, id } = reference
        const places = libraries.map((name) => ({ library: name, id }))
        return played(inLibrary(places, ask), ask)
      }
      case 'prompt': {
        const languages = languagesOf(ask.accountId, reference.language)
        const inThese = { ...ask, languages }
        return played(prompt(reference.promptId, reference.libraries, inThese), ask)
      }
    }
  }

  return async (audible, ask) => {
    switch (audible.kind) {
      case 'prompt':
        return played(prompt(audible.promptId, [ask.accountId, systemLibrary], ask), ask)
      case 'media':
        return referred(readReference(audible.reference, ask.accountId), ask)
      case 'tones':
        return { item: readable(audible.text) }
      case 'number':
        return played(numbers.say(audible.value, ask.languages, ask.rate), ask)
      case 'file':
        await access(audible.path).catch((error: unknown) => {
          throw new Unplayable('The file is not there.', { cause: error })
        })
        return { item: { kind: 'pcm', path: audible.path, rate: audible.rate } }
    }
  }
}
