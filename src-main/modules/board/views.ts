import type { Board, BoardParticipant, LegQuality } from '#contract/board'
import type { LiveConference } from '#contract/live-conferences'
import type { LegStatistics } from '../../engine/port.ts'
import type { Participant, Room } from '../conferences/conferences.ts'

/** Rooms as a board shows them. Values in, values out. */

const quietMs = ({ talking, quietSinceMs }: Participant, nowMs: number): number | null => {
  if (talking) return 0
  return quietSinceMs === undefined ? null : Math.max(0, nowMs - quietSinceMs)
}

export const toBoard = (
  room: Room,
  seen: { epoch: string; seq: number; live: LiveConference; nowMs: number },
): Board => {
  const { epoch, seq, live, nowMs } = seen
  const byId = new Map(room.participants.map((each) => [each.participantId, each]))
  const participants = live.participants.flatMap((shown): BoardParticipant[] => {
    const participant = byId.get(shown.participant_id)
    if (!participant) return []
    const { leg, talkedMs, gainInDb, gainOutDb } = participant
    return [
      {
        ...shown,
        talked_ms: Math.round(talkedMs),
        quiet_ms: quietMs(participant, nowMs),
        ...{ gain_in_db: gainInDb, gain_out_db: gainOutDb },
        ...{ on_hold: leg.isOnHold(), direction: leg.direction },
      },
    ]
  })
  return {
    ...{ ...live, epoch, seq, participants },
    relations: [...room.relations()],
    recording_since_ms: room.recordingSinceMs() ?? null,
  }
}

const tenth = (value: number): number => Math.round(value * 10) / 10

/** Undefined for a leg that has not agreed on anything. */
export const toQuality = (
  participantId: number,
  statistics: LegStatistics,
): LegQuality | undefined => {
  const { codec, remoteLost, roundTripMs } = statistics
  if (codec === undefined) return undefined
  return {
    participant_id: participantId,
    codec,
    jitter_ms: tenth(statistics.jitterMs),
    buffer_ms: tenth(statistics.bufferMs),
    packets_received: statistics.packetsReceived,
    packets_lost: statistics.packetsLost,
    packets_late: statistics.packetsLate,
    ...(remoteLost !== undefined && { remote_lost: remoteLost }),
    ...(roundTripMs !== undefined && { round_trip_ms: tenth(roundTripMs) }),
  }
}
