import type { Audible } from './audible.ts'
import { readable } from './find.ts'
import type { LibraryFiles } from './library-files.ts'
import type { Numbers } from './numbers.ts'
import { seek, type Asker, type InLibrary } from './places.ts'
import { Unplayable } from './problem.ts'

/** What would become of an item, as far as documents tell. */
export type Looked =
  | { readonly problem: string }
  /** Of a prompt, in which language it is heard. */
  | { readonly problem?: undefined; readonly language?: string }

/** Looks whether an item could be played, without fetching or decoding: what a URL leads to, and whether a file is sound, is left open. */
export type Look = (audible: Audible, asker: Asker) => Looked

export const createLook = (deps: {
  library: Pick<LibraryFiles, 'has'>
  numbers: Pick<Numbers, 'check'>
  languagesOf: (accountId: string, language: string) => readonly string[]
}): Look => {
  const { library, numbers, languagesOf } = deps

  const stored = ({ places, missing }: InLibrary): Looked => {
    const place = places.find(library.has)
    if (!place) throw new Unplayable(missing)
    return place.language === undefined ? {} : { language: place.language }
  }

  return (audible, asker) => {
    try {
      const sought = seek(audible, asker, languagesOf)
      if (sought.kind === 'library') return stored(sought)
      if (sought.kind === 'tones') readable(sought.text)
      if (sought.kind === 'number') numbers.check(sought.value, asker.languages)
      return {}
    } catch (error) {
      if (error instanceof Unplayable) return { problem: error.message }
      throw error
    }
  }
}
