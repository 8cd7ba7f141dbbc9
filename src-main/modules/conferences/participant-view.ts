import type { ConferenceLive } from '#contract/conferences'
import type { Live } from './document.ts'
import { countsOf, toParticipantView, type Room } from './room/rooms.ts'
import type { Looking } from './room/views.ts'

const idle: ConferenceLive = {
  members: 0,
  moderators: 0,
  admins: 0,
  duration: 0,
  is_locked: false,
  is_running: false,
  is_recording: false,
  is_ad_hoc: false,
}

/** Figures without people: what lists show of a conference. */
export const figuresOf = (room: Room | undefined, { nowMs }: Looking): ConferenceLive => {
  if (!room) return idle
  const { members, moderators } = countsOf(room.participants)
  return {
    members,
    moderators,
    admins: moderators,
    duration: Math.max(0, Math.floor((nowMs - room.startedMs) / 1000)),
    is_locked: room.isLocked,
    is_running: true,
    is_recording: room.isRecording,
    is_ad_hoc: room.conference.isAdHoc,
  }
}

export const liveOf = (room: Room | undefined, looking: Looking): Live => ({
  ...figuresOf(room, looking),
  participants: room?.participants.map((each) => toParticipantView(room, each, looking)) ?? [],
})
