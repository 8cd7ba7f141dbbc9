import { AppError } from '../../platform/errors.ts'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import type { Rate } from '../../engine/port.ts'
import { mediaIdFromPath, type Media } from '../media/media.ts'
import type { Cache, Held } from './cache.ts'
import type { DecodeFile } from './decode.ts'
import { Unplayable } from './problem.ts'
import { systemLibrary } from './reference.ts'

/** Where to look for one media document. */
export type Place = { readonly library: string; readonly id: string }

/** Files of the media library as raw samples. */
export type LibraryFiles = {
  /**
   * The first of the places with a file that can be decoded; those passed over are told. Undefined: no place has a
   * file. Rejects with `Unplayable` when none that has one can be decoded.
   */
  readonly first: (
    places: readonly Place[],
    rate: Rate,
    tell: (problem: string) => void,
  ) => Promise<Held | undefined>
  /** Whether there is a file. */
  readonly has: (place: Place) => boolean
}

const titleOf = ({ library, id }: Place): string =>
  `${id} of ${library === systemLibrary ? 'the system library' : 'the account'}`

export const createLibraryFiles = (deps: {
  media: Pick<Media, 'file'>
  blobs: Blobs
  cache: Cache
  decode: DecodeFile
}): LibraryFiles => {
  const { media, blobs, cache, decode } = deps

  const blobOf = ({ library, id }: Place): string | undefined => {
    try {
      return media.file(library, mediaIdFromPath(id))?.blob
    } catch (error) {
      if (error instanceof AppError && error.code === 'bad_identifier') return undefined
      throw error
    }
  }

  const use = async (blob: string, rate: Rate): Promise<Held> => {
    // A file that is replaced meanwhile stays until it was read.
    const release = blobs.hold([blob])
    try {
      return await cache.use(`${blob}-${rate}`, (path) => decode(blobs.pathOf(blob), rate, path))
    } finally {
      release()
    }
  }

  return {
    first: async (places, rate, tell) => {
      const broken: string[] = []
      for (const place of places) {
        const blob = blobOf(place)
        if (blob === undefined) continue
        try {
          const file = await use(blob, rate)
          broken.forEach(tell)
          return file
        } catch (error) {
          if (!(error instanceof Unplayable)) throw error
          broken.push(`${titleOf(place)}: ${error.message}`)
        }
      }
      if (broken.length > 0) throw new Unplayable(broken.join(' '))
      return undefined
    },
    has: (place) => blobOf(place) !== undefined,
  }
}
