import { refusals } from '#contract/errors'
import type { AskedBy, CommandFailedEvent } from '#contract/live-conferences'
import { AppError, sentenceOf } from '../../platform/errors.ts'
import { nameOf } from '../playback/playback.ts'
import type { ActionRequest } from './action-request.ts'
import { shownEndpoint } from './dial/shown-endpoint.ts'

/** What nothing came of, as it is told. Values in, values out: passwords and PINs of what was asked stay out. */

type Asked = Partial<
  Pick<
    CommandFailedEvent,
    'participant_id' | 'other_participant' | 'relationship' | 'media_id' | 'endpoints'
  >
>

/** Commands that are called otherwise than the actions that ask for them. */
const commandNames = new Map<unknown, string>([
  ['mute', 'mute_participant'],
  ['unmute', 'unmute_participant'],
  ['deaf', 'deaf_participant'],
  ['undeaf', 'undeaf_participant'],
  ['relate', 'relate_participants'],
])

const longestName = 64
/** A dial may name no more. */
const MOST_ENDPOINTS = 100

const nameOfCommand = ({ action, data }: ActionRequest): string => {
  if (action === 'record' && data?.action === 'stop') return 'recordstop'
  const name = commandNames.get(action) ?? action
  return typeof name === 'string' ? name.slice(0, longestName) : 'nothing'
}

const idOf = (value: unknown): number | undefined =>
  /^\d{1,9}$/.test(String(value)) ? Number(value) : undefined

const asked = ({ action, data = {} }: ActionRequest, participant: string | undefined): Asked => {
  const one = idOf(participant ?? (action === 'relate' ? data.participant_id : undefined))
  const other = idOf(data.other_participant)
  const { media_id: media, endpoints, relationship } = data
  return {
    ...(one !== undefined && { participant_id: one }),
    ...(action === 'relate' && other !== undefined && { other_participant: other }),
    ...(action === 'relate' &&
      (relationship === 'mute' || relationship === 'deaf' || relationship === 'clear') && {
        relationship,
      }),
    ...(action === 'play' &&
      typeof media === 'string' && { media_id: nameOf({ kind: 'media', reference: media }) }),
    ...(action === 'dial' &&
      Array.isArray(endpoints) && {
        endpoints: endpoints.slice(0, MOST_ENDPOINTS).map(shownEndpoint),
      }),
  }
}

/** In a sentence; of what is our own fault no more than that. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof AppError)) return refusals.fault.message
  const { data } = error.details
  const said = typeof data === 'object' && data !== null && 'message' in data ? data.message : null
  return typeof said === 'string' ? said : sentenceOf(error)
}

/** `participant` is the one the path names. */
export const failedCommand = (
  of: { accountId: string; conferenceId: string; instanceId: string | undefined },
  what: { request: ActionRequest; participant: string | undefined; by: AskedBy; error: unknown },
): CommandFailedEvent => ({
  event: 'command-failed',
  ...{ account_id: of.accountId, conference_id: of.conferenceId },
  ...(of.instanceId !== undefined && { instance_id: of.instanceId }),
  application_name: nameOfCommand(what.request),
  ...asked(what.request, what.participant),
  reason: reasonOf(what.error),
  by: what.by,
})
