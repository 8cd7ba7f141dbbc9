import type { Board, BoardParticipant } from '#contract/board'
import { readBoard } from '../board-read.ts'
import { emptyBoard, keyOf, type BoardState, type ToldEvent } from '../board-state.ts'

const state = {
  floor: false,
  hear: true,
  speak: true,
  talking: false,
  mute_detect: false,
  energy_level: 100,
  current_energy: 0,
  video: false,
}

/** `Person 1`, whose Call-ID is `call-1`: not muted, not deaf. */
export const person = (id: number, more: Partial<BoardParticipant> = {}): BoardParticipant => ({
  ...state,
  call_id: `call-${id}`,
  conference_name: 'c1',
  conference_uuid: 'run-1',
  switch_hostname: 'here',
  participant_id: id,
  is_moderator: false,
  is_ghost: false,
  join_time: 0,
  duration: 60,
  caller_id_name: `Person ${id}`,
  caller_id_number: `10${id}`,
  conference_channel_vars: { ...state, is_moderator: false, member_id: id },
  custom_channel_vars: { account_id: 'a' },
  custom_application_vars: {},
  talked_ms: 0,
  quiet_ms: null,
  gain_in_db: 0,
  gain_out_db: 0,
  on_hold: false,
  direction: 'incoming',
  ...more,
})

export const people = (count: number): BoardParticipant[] =>
  Array.from({ length: count }, (_, index) => person(index + 1))

/** As the server answers: the conference `c1` in its run `run-1`, after the event `e1` 10. */
export const answer = (more: Partial<Board> = {}): Board => ({
  ...{ conference_id: 'c1', instance_id: 'run-1', is_ad_hoc: false },
  ...{ is_locked: false, is_recording: false, recording_since_ms: null },
  ...{ started: 63_900_000_000, duration: 60, members: 2, moderators: 0 },
  ...{ epoch: 'e1', seq: 10, participants: people(3), relations: [] },
  ...more,
})

/** As the page knows it once it has read it. */
export const board = (more: Partial<Board> = {}, nowMs = Date.now()): BoardState =>
  readBoard(emptyBoard(more.conference_id ?? 'c1'), answer(more), nowMs)

export const personKey = (id: number, run = 'run-1'): string => keyOf(run, `call-${id}`)

export const happened = (
  seq: number,
  event: string,
  more: Record<string, unknown> = {},
): ToldEvent => ({
  ...{ event, conference_id: 'c1', instance_id: 'run-1', epoch: 'e1', seq },
  ...more,
})

/** An event about somebody. */
export const about = (
  seq: number,
  event: string,
  id: number,
  more: Partial<BoardParticipant> = {},
): ToldEvent => happened(seq, event, { ...person(id, more) })
