import type { ConferenceCheck, Finding } from '#contract/conference-check'
import { ConferenceProfile } from '#contract/conference-profile'
import type { ConferenceDocument } from '#contract/conferences'
import type { Devices } from '../../devices/devices.ts'
import { fallbackLanguages, nameOf, type Audible, type Playback } from '../../playback/playback.ts'
import type { ConferenceCollection } from '../collection.ts'
import { rehearse } from '../entry/rehearsal.ts'
import type { Conference } from '../room/rooms.ts'
import { repertoire, soundOf } from '../room/sounds.ts'
import { doorsOf, type Door, type Facts, type SoundFacts } from './facts.ts'
import { findingsOf } from './findings.ts'

/** Tells what is wrong or surprising about a conference before it is saved. Changes, fetches and decodes nothing. */
export type Check = (accountId: string, draft: ConferenceCheck) => Finding[]

export type CheckDeps = {
  conferences: Pick<ConferenceCollection, 'review'>
  devices: Pick<Devices, 'bySipUsername'>
  playback: Pick<Playback, 'look'>
  /** In which a conference speaks. */
  language: (conference: Conference) => string
  /** Whether somebody may call who proved nothing. */
  strangersMayCall: () => boolean
}

const tones = ['play_entry_tone', 'play_exit_tone'] as const
const profileSounds = Object.keys(ConferenceProfile.properties).filter((key) =>
  key.endsWith('-sound'),
)

/** What a document names to be heard, by field. */
const namedSounds = (document: ConferenceDocument): { field: string; reference: string }[] => {
  const profile: Readonly<Record<string, unknown>> = document.profile ?? {}
  const named: [string, unknown][] = [
    ['max_members_media', document.max_members_media],
    ...tones.map((field): [string, unknown] => [field, document[field]]),
    ...profileSounds.map((key): [string, unknown] => [`profile.${key}`, profile[key]]),
  ]
  return named.flatMap(([field, reference]) =>
    typeof reference === 'string' ? [{ field, reference }] : [],
  )
}

/** Prompts and numbers that callers hear without anybody having named them, each once. */
const ownSounds = (document: ConferenceDocument, doors: readonly Door[]): Audible[] => {
  // Who calls it by its id gets in as by a number that decides nothing.
  const ways = doors.length > 0 ? doors.map(({ role }) => role) : [undefined]
  const heard = [...rehearse(document, [...new Set(ways)]), ...repertoire(document)]
  const own = heard.filter(({ kind }) => kind === 'prompt' || kind === 'number')
  return [...new Map(own.map((audible) => [nameOf(audible), audible])).values()]
}

export const createCheck = (deps: CheckDeps): Check => {
  const { conferences, devices, playback, language: languageOf, strangersMayCall } = deps

  const soundsOf = (conference: Conference, doors: readonly Door[]): SoundFacts => {
    const { accountId, document } = conference
    const language = languageOf(conference)
    const look = (items: readonly Audible[]) => playback.look({ accountId, language, items })
    const wanted = new Set(fallbackLanguages(language))
    const own = ownSounds(document, doors)
    const looked = look(own).map((found, index) => ({ found, audible: own[index] }))
    const prompts = looked.flatMap(({ found, audible }) =>
      audible?.kind === 'prompt' ? [{ found, promptId: audible.promptId }] : [],
    )
    const unsaid = looked.find(({ found, audible }) => audible?.kind === 'number' && found.problem)
    const named = namedSounds(document).flatMap(({ field, reference }) =>
      look(soundOf(reference)).map(({ problem }) => ({ field, cause: reference, problem })),
    )
    return {
      language,
      missing: prompts
        .filter(({ found }) => found.problem !== undefined)
        .map((each) => each.promptId),
      inOtherLanguage: prompts.flatMap(({ found, promptId }) =>
        found.problem === undefined && found.language !== undefined && !wanted.has(found.language)
          ? [{ promptId, language: found.language }]
          : [],
      ),
      unplayable: [
        ...named,
        { field: 'profile.announce-count', cause: 'the number', problem: unsaid?.found.problem },
      ].flatMap(({ problem, ...where }) => (problem === undefined ? [] : [{ ...where, problem }])),
    }
  }

  return (accountId, { conference_id: id, conference: input }) => {
    const { conference, ...refused } = conferences.review({ accountId, id, input })
    const { document } = conference
    const doors = doorsOf(document)
    const facts: Facts = {
      conference: document,
      doors,
      phones: doors.flatMap(({ number }) => {
        const device = devices.bySipUsername(accountId, number)
        return device ? [{ number, name: device.name }] : []
      }),
      strangersMayCall: strangersMayCall(),
      sounds: soundsOf(conference, doors),
    }
    return findingsOf(facts, refused)
  }
}
