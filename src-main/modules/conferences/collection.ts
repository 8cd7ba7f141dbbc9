import { ConferenceInput } from '#contract/conferences'
import type { ObjectEvent } from '#contract/events'
import { readTones } from '../../engine/frame/tones.ts'
import {
  createCollection,
  type Candidate,
  type Collection,
} from '../../platform/documents/collection.ts'
import type { Body, Documents } from '../../platform/documents/documents.ts'
import { invalid } from '../../platform/errors.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Validator } from '../../platform/http/validate.ts'
import type { Database, Reader } from '../../platform/sqlite/sqlite.ts'
import { inputOf, numbersOf, roleOfNumber, toConference } from './document.ts'
import type { Conference } from './room/rooms.ts'
import { soundOf } from './room/sounds.ts'
import { idByNumber, takenNumbers } from './store.ts'

/** The conferences an account has configured, as documents, and which of them a call is for. */
export type ConferenceCollection = Collection & {
  /** The conference a dialled number stands for, and the role the number decides, if it does. */
  byNumber: (
    accountId: string,
    number: string,
  ) => { conference: Conference; role: 'member' | 'moderator' | undefined } | undefined
  byId: (accountId: string, id: string) => Conference | undefined
  /**
   * A conference without a document, by the rules of one with. Nobody can call its numbers: they are no document's.
   * Throws a validation error.
   */
  adHoc: (accountId: string, id: string, input: Body) => Conference
}

const type = 'conference'

const checkNumbers = (db: Reader, { accountId, id, body }: Candidate) => {
  const taken = takenNumbers(db, { accountId, id, numbers: numbersOf(inputOf(body)) })
  if (taken.length === 0) return
  throw invalid({
    numbers: { unique: { message: 'Numbers already in use', cause: taken.join(',') } },
  })
}

const toneStream = 'tone_stream://'

/** The tone strings of a document's sound; media is looked up when it is played. */
const tonesIn = (value: string): string[] =>
  soundOf(value).flatMap((sound) => {
    if (sound.kind === 'tones') return [sound.text]
    const isStream = sound.kind === 'media' && sound.reference.startsWith(toneStream)
    return isStream ? [sound.reference.slice(toneStream.length)] : []
  })

const checkTones = (body: Body) => {
  for (const field of ['play_entry_tone', 'play_exit_tone']) {
    const value = body[field]
    for (const text of typeof value === 'string' ? tonesIn(value) : []) {
      const tones = readTones(text)
      if (!('error' in tones)) continue
      const message = `${tones.error} (at character ${tones.at + 1} of the tones)`
      throw invalid({ [field]: { invalid: { message, value } } })
    }
  }
}

/** What is stored of a body: `focus` tells where a conference runs, and is not the client's to say. */
const contentOf = ({ focus: _focus, ...body }: Body) => {
  checkTones(body)
  return { body, private: {} }
}

export const createConferenceCollection = (deps: {
  db: Database
  documents: Documents
  validator: Validator
  events: Bus<ObjectEvent>
}): ConferenceCollection => {
  const { db, documents } = deps

  /** An owner who left is let stand; a new one must be there. */
  const checkOwner = ({ accountId, body, before }: Candidate) => {
    const owner = body.owner_id
    if (typeof owner !== 'string' || owner === before?.body.owner_id) return
    const user = documents.find({ accountId, type: 'user', id: owner })
    if (user && !user.deleted) return
    const message = 'The account has no user with this id'
    throw invalid({ owner_id: { not_found: { message, cause: owner } } })
  }

  const collection = createCollection(deps, {
    type,
    schema: ConferenceInput,
    content: contentOf,
    check: (tx, candidate) => {
      checkNumbers(tx, candidate)
      checkOwner(candidate)
    },
  })

  const byId = (accountId: string, id: string) => {
    const document = documents.find({ accountId, type, id })
    return document && !document.deleted ? toConference(document) : undefined
  }

  return {
    ...collection,
    byId,
    byNumber: (accountId, number) => {
      const id = idByNumber(db, accountId, number)
      const conference = id === undefined ? undefined : byId(accountId, id)
      return conference && { conference, role: roleOfNumber(conference.document, number) }
    },
    adHoc: (accountId, id, input) => {
      const { body } = contentOf(deps.validator.body(ConferenceInput, input) as Body)
      return toConference({ id, accountId, body }, true)
    },
  }
}
