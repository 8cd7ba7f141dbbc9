import type { Playable, Rate } from '../../engine/port.ts'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import { isAbort } from '../../platform/errors.ts'
import type { Log } from '../../platform/log.ts'
import type { Processes } from '../../platform/process/process.ts'
import type { Scope } from '../../platform/scope.ts'
import { unlessAborted } from '../../platform/unless-aborted.ts'
import type { Audio } from '../audio/audio.ts'
import type { Media } from '../media/media.ts'
import type { Speech } from '../speech/speech.ts'
import { nameOf, type Audible } from './audible.ts'
import { openCache } from './cache.ts'
import { createDecodeFile } from './decode.ts'
import { createFetchMedia, insideAddresses } from './fetch-media.ts'
import { createFind } from './find.ts'
import { fallbackLanguages } from './languages.ts'
import { createLibraryFiles } from './library-files.ts'
import { createLook, type Looked } from './look.ts'
import { createNumbers } from './numbers.ts'
import { Unplayable } from './problem.ts'
import { createRemoteFiles } from './remote-files.ts'

export { nameOf, type Audible } from './audible.ts'
export { fallbackLanguages } from './languages.ts'
export type { Looked } from './look.ts'

/**
 * What callers hear, ready for the engine: prompts, media, URLs, tones and numbers as raw samples in files that are
 * made once per content and rate.
 */
export type Playback = {
  /**
   * Each of the items, where it can be played. Nothing is ever silence by accident: what is missing or cannot be
   * decoded is listed with a reason for people, and its place in `items` is taken by a short tone. Rejects only when
   * the signal is aborted.
   */
  readonly prepare: (request: {
    accountId: string
    /** Prompts are looked up in it, then as KAZOO falls back. */
    language: string
    rate: Rate
    items: readonly Audible[]
    /** They are played again and again: the tone comes every ten seconds then, and not without a pause. */
    loop?: boolean
    signal?: AbortSignal
  }) => Promise<Prepared>
  /**
   * Whether each of the items could be played, in their order, as documents tell: nothing is fetched or decoded, so that
   * what a URL leads to is left open.
   */
  readonly look: (request: {
    accountId: string
    language: string
    items: readonly Audible[]
  }) => readonly Looked[]
}

export type Prepared = {
  readonly items: readonly Playable[]
  readonly problems: readonly Problem[]
  /** Ends the use of its files: they may be removed when nobody uses them. Idempotent. */
  readonly release: () => void
}

export type Problem = { readonly what: string; readonly message: string }

export type PlaybackDeps = {
  scope: Scope
  media: Pick<Media, 'file'>
  blobs: Blobs
  audio: Audio
  processes: Processes
  speech: Pick<Speech, 'speak' | 'mappings'>
  log: Log
  /** Its own: emptied first. */
  folder: string
  /** Language of an account's prompts, where it has chosen one. */
  accountLanguage: (accountId: string) => string | undefined
  defaultLanguage: () => string
  /** Whether URLs may lead to loopback, private and other inside addresses. */
  allowPrivate: () => boolean
  /** Of all files together; who is in use stays. */
  mostBytes?: number
  /** Of fetching a URL. */
  fetchDeadlineMs?: number
  soxCommand?: () => string
}

const MOST_BYTES = 1_000_000_000
const OUR_FAULT = 'The server could not prepare it. Its log says why.'

/** In place of what cannot be heard: low and short, unlike any telephone tone. */
const problemTone: Playable = { kind: 'tones', text: 'v=-13;%(200,100,300)' }
const loopedProblemTone: Playable = { kind: 'tones', text: 'v=-13;%(200,9800,300)' }

export const createPlayback = async (deps: PlaybackDeps): Promise<Playback> => {
  const { scope, soxCommand = () => 'sox', mostBytes = MOST_BYTES, fetchDeadlineMs } = deps
  const signal = scope.signal
  const cache = await openCache({ folder: deps.folder, mostBytes })
  const decode = createDecodeFile({ ...deps, signal, soxCommand })
  const fetchMedia = createFetchMedia({
    ...{ signal, blocked: () => (deps.allowPrivate() ? undefined : insideAddresses) },
    ...(fetchDeadlineMs !== undefined && { deadlineMs: fetchDeadlineMs }),
  })
  const remote = createRemoteFiles({ cache, decode, fetchMedia, log: deps.log })
  const library = createLibraryFiles({ ...deps, cache, decode })
  const numbers = createNumbers({ ...deps, cache, decode, signal })

  const languagesOf = (accountId: string, language: string) =>
    fallbackLanguages(language, deps.accountLanguage(accountId), deps.defaultLanguage())

  const find = createFind({ library, remote, numbers, languagesOf })
  const look = createLook({ library, numbers, languagesOf })

  return {
    look: ({ accountId, language, items }) => {
      const asker = { accountId, languages: languagesOf(accountId, language) }
      return items.map((audible) => look(audible, asker))
    },
    prepare: async ({ accountId, language, rate, items, loop, signal: wanted }) => {
      const problems: Problem[] = []
      const releases: (() => void)[] = []
      const languages = languagesOf(accountId, language)
      let isOver = false

      const release = () => {
        isOver = true
        for (const each of releases.splice(0)) each()
      }

      const one = async (audible: Audible): Promise<Playable> => {
        const tell = (message: string) => void problems.push({ what: nameOf(audible), message })
        try {
          const found = await find(audible, { accountId, languages, rate, tell })
          if (found.release) releases.push(found.release)
          // Nobody waited for it any more.
          if (isOver) release()
          return found.item
        } catch (error) {
          if (isAbort(error)) throw error
          if (!(error instanceof Unplayable)) deps.log.error('preparing audio failed', { error })
          tell(error instanceof Unplayable ? error.message : OUR_FAULT)
          return loop === true ? loopedProblemTone : problemTone
        }
      }

      const ended = wanted ? AbortSignal.any([signal, wanted]) : signal
      try {
        const work = Promise.all(items.map(one))
        return { items: await unlessAborted(work, ended, 'preparing audio'), problems, release }
      } catch (error) {
        release()
        throw error
      }
    },
  }
}
