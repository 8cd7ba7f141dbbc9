import { access } from 'node:fs/promises'
import { readTones } from '../../engine/frame/tones.ts'
import type { Playable, Rate } from '../../engine/port.ts'
import type { Audible } from './audible.ts'
import type { Held } from './cache.ts'
import type { LibraryFiles } from './library-files.ts'
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

  const translations = (
    libraries: readonly string[],
    languages: readonly string[],
    promptId: string,
  ) =>
    languages.flatMap((language) =>
      libraries.map((library) => ({ library, id: `${language}/${promptId}` })),
    )

  /** A media document; a prompt where none has the id: KAZOO's profiles name their sounds by prompt ids. */
  const media = async (libraries: readonly string[], id: string, ask: Ask) => {
    const { languages, rate, tell } = ask
    const documents = libraries.map((library) => ({ library, id }))
    const places = [...documents, ...translations(libraries, languages, id)]
    const file = await library.first(places, rate, tell)
    if (file) return file
    const nor = `and no such prompt in ${languages.join(', ')}`
    throw new Unplayable(`There is no such media with a file in it, ${nor}.`)
  }

  const prompt = async (libraries: readonly string[], promptId: string, ask: Ask) => {
    const { languages, rate, tell } = ask
    const file = await library.first(translations(libraries, languages, promptId), rate, tell)
    if (file) return file
    throw new Unplayable(`There is no such prompt in ${languages.join(', ')}.`)
  }

  const referred = async (reference: Reference, ask: Ask): Promise<Found> => {
    switch (reference.kind) {
      case 'tones':
        return { item: readable(reference.text) }
      case 'silence':
        return { item: reference }
      case 'url':
        return played(remote.use(reference.url, ask.rate), ask)
      case 'media':
        return played(media(reference.libraries, reference.id, ask), ask)
      case 'prompt': {
        const languages = languagesOf(ask.accountId, reference.language)
        const inThese = { ...ask, languages }
        return played(prompt(reference.libraries, reference.promptId, inThese), ask)
      }
    }
  }

  return async (audible, ask) => {
    switch (audible.kind) {
      case 'prompt':
        return played(prompt([ask.accountId, systemLibrary], audible.promptId, ask), ask)
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
