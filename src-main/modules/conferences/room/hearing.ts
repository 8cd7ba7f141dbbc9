import type { Engine, EngineEvent } from '../../../engine/port.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Seats } from './seats.ts'
import type { Seat } from './seat.ts'
import type { Telling } from './telling.ts'

/** Keeps what is heard of the participants of a room, and tells of it. */
export type Hearing = {
  readonly heard: (event: EngineEvent) => void
  /** Looks at the room, unless it was looked at just now. Never rejects. */
  readonly refresh: () => Promise<void>
}

/** So long a look is good for. */
const FRESH_MS = 200

export const createHearing = (deps: {
  engine: Engine
  roomId: string
  seats: Seats
  telling: Telling
  clock: Clock
}): Hearing => {
  const { engine, roomId, seats, telling, clock } = deps
  let look: { readonly startedMs: number; readonly done: Promise<void> } | undefined

  const observe = async () => {
    // A room that is going has nothing to be seen.
    const state = await engine.observe(roomId).catch(() => undefined)
    for (const { legId, energy, talkedMs } of state?.legs ?? []) {
      const participant = seats.byLeg(legId)?.participant
      if (!participant) continue
      participant.currentEnergy = energy
      participant.talkedMs = talkedMs
      // The engine tells when somebody who is muted talks, not when that ends.
      if (energy < participant.energyLevel) participant.muteDetect = false
    }
  }

  const refresh = (): Promise<void> => {
    const nowMs = clock.nowMs()
    const isFresh = look !== undefined && Math.abs(nowMs - look.startedMs) < FRESH_MS
    if (!isFresh || !look) look = { startedMs: nowMs, done: observe() }
    return look.done
  }

  /** With the energy it happened at. All take this way, so that they are told in the order in which they came. */
  const tell = (seat: Seat, then: () => void) => {
    void refresh().then(() => {
      if (!seat.scope.signal.aborted) then()
    })
  }

  const talking = (seat: Seat, isTalking: boolean) => {
    const { participant } = seat
    participant.talking = isTalking
    participant.quietSinceMs = isTalking ? undefined : clock.nowMs()
    if (!isTalking) participant.muteDetect = false
    const event = isTalking ? 'start-talking' : 'stop-talking'
    tell(seat, () => telling.participant(event, participant, { talking: isTalking }))
  }

  const floor = (legId: string | undefined, formerLegId: string | undefined) => {
    for (const { participant } of seats.seated())
      participant.hasFloor = participant.leg.legId === legId
    const [now, former] = [legId, formerLegId].map((id) => (id ? seats.byLeg(id) : undefined))
    const seat = now ?? former
    if (!seat) return
    const formerId = former?.participant.participantId
    tell(seat, () =>
      telling.further('floor-change', {
        participant: now?.participant,
        ...(formerId !== undefined && { former_participant_id: formerId }),
      }),
    )
  }

  return {
    refresh,
    heard: (event) => {
      if (event.event === 'floor-change') {
        floor(event.legId, event.former)
        return
      }
      const seat = 'legId' in event ? seats.byLeg(event.legId) : undefined
      if (!seat) return
      if (event.event === 'start-talking') talking(seat, true)
      if (event.event === 'stop-talking') talking(seat, false)
      if (event.event === 'mute-detect') {
        seat.participant.muteDetect = true
        tell(seat, () => telling.further('mute-detect', { participant: seat.participant }))
      }
    },
  }
}
