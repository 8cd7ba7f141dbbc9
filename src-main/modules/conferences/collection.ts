import { ConferenceInput } from '#contract/conferences'
import type { Violations } from '#contract/errors'
import type { ObjectEvent } from '#contract/events'
import { readTones } from '../../engine/frame/tones.ts'
import {
  createCollection,
  type Candidate,
  type Change,
  type Collection,
} from '../../platform/documents/collection.ts'
import type { Body, Documents, StoredDocument } from '../../platform/documents/documents.ts'
import { merge } from '../../platform/documents/merge.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Validator } from '../../platform/http/validate.ts'
import type { Database, Reader } from '../../platform/sqlite/sqlite.ts'
import { inputOf, numbersOf, roleOfNumber, toConference } from './document.ts'
import { reviewOf } from './review.ts'
import type { Conference } from './room/rooms.ts'
import { soundOf } from './room/sounds.ts'
import { idByNumber, takenNumbers, type TakenNumber } from './store.ts'

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
   * Throws a validation error, and `bad_identifier` where a conference of this id was deleted: what is restored must not
   * find others in it, whom its PINs did not let in.
   */
  adHoc: (accountId: string, id: string, input: Body) => Conference
  /**
   * Undoes a soft deletion. Throws `bad_identifier` where there is nothing to restore, a validation error where it is not
   * deleted or another conference has taken one of its numbers.
   */
  restore: (change: Change) => Promise<StoredDocument>
  /** What saving would be refused with, all of it; writes nothing. */
  review: (draft: Draft) => Review
}

/** Something that may be saved: created, or merged into the document with this id. */
export type Draft = { accountId: string; id: string | undefined; input: Body }

export type Review = {
  /** As the refusal would say them, but for numbers. */
  readonly violations: Violations
  /** Numbers that another conference has. */
  readonly taken: readonly TakenNumber[]
  /** What of it is valid. */
  readonly conference: Conference
}

const type = 'conference'

type Numbered = Pick<Candidate, 'accountId' | 'id' | 'body'>

const takenOf = (db: Reader, { accountId, id, body }: Numbered) =>
  takenNumbers(db, { accountId, id, numbers: numbersOf(inputOf(body)) })

const checkNumbers = (db: Reader, candidate: Numbered) => {
  const taken = takenOf(db, candidate).map(({ number }) => number)
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

  const review = ({ accountId, id = '', input }: Draft): Review => {
    const known = documents.find({ accountId, type, id })
    const before = known?.deleted === false ? known : undefined
    const { violations, accepted } = reviewOf(merge(before?.body, input) as Body, (sent) => {
      const { body } = contentOf(deps.validator.body(ConferenceInput, sent) as Body)
      checkOwner({ accountId, id, body, before })
      return { accountId, id, body }
    })
    return { violations, taken: takenOf(db, accepted), conference: toConference(accepted) }
  }

  const restore = async ({ accountId, id, origin }: Change): Promise<StoredDocument> => {
    const restored = await db.write((tx) => {
      const document = documents.find({ accountId, type, id })
      if (!document) throw new AppError('bad_identifier', { cause: id })
      if (!document.deleted) {
        throw invalid({ id: { invalid: { message: 'The document is not deleted', cause: id } } })
      }
      checkNumbers(tx, document)
      return documents.restore(tx, document)
    })
    const event = { event: 'doc_created', type, id, account_id: accountId } as const
    deps.events.emit({ ...event, rev: restored.revision, origin })
    return restored
  }

  return {
    ...collection,
    byId,
    review,
    restore,
    byNumber: (accountId, number) => {
      const id = idByNumber(db, accountId, number)
      const conference = id === undefined ? undefined : byId(accountId, id)
      return conference && { conference, role: roleOfNumber(conference.document, number) }
    },
    adHoc: (accountId, id, input) => {
      if (documents.find({ accountId, type, id })) {
        const message = 'the conference was deleted; restore it first'
        throw new AppError('bad_identifier', { message, cause: id })
      }
      const { body } = contentOf(deps.validator.body(ConferenceInput, input) as Body)
      return toConference({ id, accountId, body }, true)
    },
  }
}
