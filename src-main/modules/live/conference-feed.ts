import { randomBytes, randomUUID } from 'node:crypto'
import { participantEvents } from '#contract/conference-events'
import type { ConferenceHappening, LiveConferences } from '#contract/live-conferences'
import type { Bus } from '../../platform/events/bus.ts'
import type { BindingKind } from '../../platform/http/socket-commands.ts'
import type { Sockets } from '../../platform/http/sockets.ts'
import type { Scope } from '../../platform/scope.ts'
import { toLiveConference, type Rooms } from '../conferences/conferences.ts'
import { isAbout, isOwnBinding, readBinding, takesHappening } from './conference-bindings.ts'

/**
 * What happens in conferences, in order: an account's events are numbered, so that whoever was away knows what was
 * missed, and what is shown of the conferences says up to which number it is true.
 */
export type ConferenceFeed = {
  /** Numbers what happened, once; what clients are told. */
  readonly record: (happening: ConferenceHappening) => Told
  /** The conferences that run, of them those wanted; with `since` what happened after it. */
  readonly look: (accountId: string, isWanted?: (conferenceId: string) => boolean) => Looked
  readonly missed: (
    accountId: string,
    last: { epoch: string | undefined; since: number },
  ) => Pick<LiveConferences, 'missed' | 'missed_all'>
}

export type Told = Readonly<Record<string, unknown>>

type Looked = Pick<LiveConferences, 'epoch' | 'seq' | 'conferences'>

/** Events that are kept for who comes back, of an account. */
const MOST_KEPT = 500

type Account = { seq: number; readonly kept: Told[] }

const nameOf = ({ event }: ConferenceHappening): string => {
  if (event === 'command') return 'command'
  const isParticipant = (participantEvents as readonly string[]).includes(event)
  return isParticipant ? 'participant_event' : 'conference_event'
}

export const createConferenceFeed = (deps: {
  rooms: Pick<Rooms, 'ofAccount'>
  nowMs: () => number
  /** How this machine and what runs on it are named. */
  hostname: string
  version: string
}): ConferenceFeed => {
  const { rooms, nowMs, hostname, version } = deps
  const epoch = randomUUID()
  const accounts = new Map<string, Account>()
  const recorded = new WeakMap<ConferenceHappening, Told>()

  const accountOf = (accountId: string): Account => {
    const known = accounts.get(accountId)
    if (known) return known
    const account = { seq: 0, kept: [] }
    accounts.set(accountId, account)
    return account
  }

  return {
    record: (happening) => {
      const before = recorded.get(happening)
      if (before) return before
      const account = accountOf(happening.account_id)
      const name = nameOf(happening)
      account.seq += 1
      const told: Told = {
        ...happening,
        focus: hostname,
        node: hostname,
        msg_id: randomBytes(8).toString('hex'),
        event_name: name,
        event_category: 'conference',
        app_name: 'patchbay',
        app_version: version,
        routing_key: name,
        ...{ epoch, seq: account.seq },
      }
      recorded.set(happening, told)
      account.kept.push(told)
      if (account.kept.length > MOST_KEPT) account.kept.shift()
      return told
    },
    look: (accountId, isWanted = () => true) => {
      const looking = { nowMs: nowMs(), hostname }
      const wanted = rooms.ofAccount(accountId).filter(({ conference }) => isWanted(conference.id))
      return {
        epoch,
        seq: accounts.get(accountId)?.seq ?? 0,
        conferences: wanted.map((room) => toLiveConference(room, looking)),
      }
    },
    missed: (accountId, last) => {
      const { seq, kept } = accounts.get(accountId) ?? { seq: 0, kept: [] }
      const isSame = last.epoch === epoch && last.since <= seq
      if (!isSame) return { missed: [], missed_all: false }
      const missed = kept.slice(Math.max(0, kept.length - (seq - last.since)))
      return {
        missed: missed.map((told) => ({ ...told })),
        missed_all: missed.length === seq - last.since,
      }
    },
  }
}

/** Bindings of conferences; the reply to a subscription shows the conferences it is about as they are at that moment. */
export const conferenceBindings = (feed: ConferenceFeed): BindingKind => ({
  refusal: (binding) => {
    const wanted = readBinding(binding)
    return typeof wanted === 'string' || wanted === null ? wanted : undefined
  },
  shown: (accountId, bindings) => ({
    ...feed.look(accountId, (id) => bindings.some((binding) => isAbout(binding, id))),
  }),
})

/** Numbers and publishes what happens in conferences until the scope ends. */
export const publishConferenceEvents = (deps: {
  scope: Scope
  bus: Bus<ConferenceHappening>
  sockets: Sockets
  feed: ConferenceFeed
  /** Of participants, what is told on Crossbar's bindings (KAZOO: `publish_participant_event`). */
  published: () => readonly string[]
}): void => {
  const { scope, bus, sockets, feed, published } = deps
  const isHeld = (event: string) =>
    (participantEvents as readonly string[]).includes(event) && !published().includes(event)
  scope.add(
    bus.on((happening) => {
      const { event, account_id: accountId, conference_id: conferenceId } = happening
      const callId = 'call_id' in happening ? (happening.call_id ?? '*') : '*'
      const key =
        event === 'command'
          ? `conference.command.${conferenceId}`
          : `conference.event.${event}.${accountId}.${conferenceId}.${callId}`
      const data = { ...feed.record(happening) }
      sockets.publish({
        accountId,
        name: String(data.event_name),
        routingKey: key,
        matches: (binding) =>
          takesHappening(binding, happening) && (isOwnBinding(binding) || !isHeld(event)),
        data,
      })
    }),
  )
}
