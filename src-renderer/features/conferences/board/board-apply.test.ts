import { describe, expect, it } from 'vitest'
import type { Board, LevelsEvent } from '#contract/board'
import { GREGORIAN_OFFSET_S } from '#contract/envelope'
import { apply, applyAll, applyLevels, releaseTalkers } from './board-apply.ts'
import { meetFeed, readBoard, readIdle } from './board-read.ts'
import { emptyBoard, type BoardState } from './board-state.ts'
import { talkedMsAt } from './talk-time.ts'
import { about, answer, happened, person, personKey } from './test/sample-board.ts'

const nowMs = 1_800_000_000_000
const instance = 'run-1'

/** Of two people, since a minute. */
const snapshot = (more: Partial<Board> = {}): Board =>
  answer({
    started: nowMs / 1000 + GREGORIAN_OFFSET_S - 60,
    participants: [person(1), person(2)],
    ...more,
  })

const board = (more?: Partial<Board>): BoardState =>
  readBoard(emptyBoard('c1'), snapshot(more), nowMs)

const [first, second, third] = [personKey(1), personKey(2), personKey(3)] as const
const seqs = ({ entries }: BoardState) =>
  entries.map((entry) => (entry.kind === 'gap' ? 'gap' : entry.event.seq))

describe('an event', () => {
  it('about who talks or has the floor pushes nothing else out of the entries', () => {
    const locked = apply(board(), happened(11, 'lock'), nowMs)
    const floors = Array.from({ length: 1200 }, (_, index) =>
      happened(12 + index, 'floor-change', { participant_id: 1 + (index % 2) }),
    )
    const after = applyAll(locked, floors, nowMs)
    expect(seqs(after)).toEqual([11])
    expect(after.talkEntries).toHaveLength(1000)
  })

  it('leaves everything it does not change the same object', () => {
    const before = board()
    const { keyById, dialLegs, entries, relations, participants } = apply(
      before,
      about(11, 'start-talking', 1, { talking: true }),
      nowMs,
    )
    expect(participants).not.toBe(before.participants)
    expect(keyById).toBe(before.keyById)
    expect(dialLegs).toBe(before.dialLegs)
    expect(entries).toBe(before.entries)
    expect(relations).toBe(before.relations)
  })

  it('changes the participant it is about, and leaves the others the same objects', () => {
    const before = board()
    const after = apply(before, about(11, 'mute-member', 1, { speak: false }), nowMs)

    expect(after.participants.get(first)?.speak).toBe(false)
    expect(after.participants.get(second)).toBe(before.participants.get(second))
  })

  it('brings in who joins and takes out who leaves, with their relations', () => {
    const related = board({
      relations: [{ participant_id: 1, other_participant: 2, relationship: 'mute' }],
    })
    const after = applyAll(related, [about(11, 'add-member', 3), about(12, 'del-member', 2)], nowMs)

    expect([...after.participants.keys()]).toEqual([first, third])
    expect(after.relations).toEqual([])
  })

  it('that comes twice counts once', () => {
    const once = apply(board(), about(11, 'add-member', 3), nowMs)
    const gone = apply(once, about(12, 'del-member', 3), nowMs)
    const twice = applyAll(gone, [about(11, 'add-member', 3), about(12, 'del-member', 3)], nowMs)

    expect(twice.participants.has(third)).toBe(false)
    expect(seqs(twice)).toEqual([11, 12])
    expect(twice.isIncomplete).toBeUndefined()
  })

  it('that is late has its place in the timeline and changes nothing', () => {
    const late = applyAll(board(), [happened(12, 'lock'), happened(11, 'unlock')], nowMs)

    expect(late.isLocked).toBe(true)
    expect(seqs(late)).toEqual([11, 12])
  })

  it('that is contained in what was read changes nothing', () => {
    const after = apply(board({ is_locked: true }), happened(10, 'unlock'), nowMs)

    expect(after.isLocked).toBe(true)
    expect(after.gap).toBeUndefined()
  })

  it('about somebody unknown asks for the board to be read, and invents nobody', () => {
    const after = apply(board(), about(11, 'mute-member', 3, { speak: false }), nowMs)

    expect(after.participants.size).toBe(2)
    expect(after.isIncomplete).toBe('unknown-participant')
  })

  it('of another conference counts as heard and shows nowhere', () => {
    const other = { ...happened(11, 'lock'), conference_id: 'c2' }
    const after = applyAll(board(), [other, happened(12, 'lock')], nowMs)

    expect(after.gap).toBeUndefined()
    expect(seqs(after)).toEqual([12])
  })

  it('of another run asks for the board to be read', () => {
    const again = happened(11, 'conference-create', { instance_id: 'run-2' })

    expect(apply(board(), again, nowMs).isIncomplete).toBe('new-run')
  })

  it('says who has the floor, one at a time', () => {
    const one = board({ participants: [person(1, { floor: true }), person(2)] })
    const after = apply(one, happened(11, 'floor-change', { participant_id: 2 }), nowMs)

    expect([first, second].map((key) => after.participants.get(key)?.floor)).toEqual([false, true])
  })
})

describe('a gap', () => {
  it('is noticed by the number after it, and shows with what was read', () => {
    const missed = apply(board(), happened(15, 'lock'), nowMs + 5000)
    expect(missed).toMatchObject({ isIncomplete: 'gap', gap: { reason: 'missed', missed: 4 } })

    const read = readBoard(missed, snapshot({ seq: 15, participants: [person(2)] }), nowMs + 5100)
    expect(read.gap).toBeUndefined()
    expect(read.entries.at(-1)).toMatchObject({
      ...{ kind: 'gap', reason: 'missed', missed: 4, fromMs: nowMs, atMs: nowMs + 5100 },
      gone: [{ key: first, name: 'Person 1' }],
    })
  })

  it('is not told of where the feed stands as it stood', () => {
    const before = board()

    expect(meetFeed(before, { epoch: 'e1', seq: 10 }, nowMs)).toBe(before)
    expect(meetFeed(before, { epoch: 'e1', seq: 12 }, nowMs).gap?.missed).toBe(2)
  })

  it('after a restart of the server says who is gone, and nobody stays', () => {
    const met = meetFeed(board(), { epoch: 'e2', seq: 0 }, nowMs + 9000)
    const idle = readIdle(met, nowMs + 9100)

    expect(idle.phase).toBe('idle')
    expect(idle.participants.size).toBe(0)
    expect(idle.entries.at(-1)).toMatchObject({ kind: 'gap', reason: 'restart' })
    expect(idle.entries.at(-1)).toHaveProperty('gone.length', 2)

    const again = apply(
      idle,
      happened(1, 'conference-create', { epoch: 'e2', instance_id: 'run-2' }),
      nowMs + 12_000,
    )
    expect(again.isIncomplete).toBe('new-run')
  })
})

describe('what was read', () => {
  it('takes events that came meanwhile on top, though they were heard before', () => {
    const heard = apply(board(), about(11, 'mute-member', 1, { speak: false }), nowMs)
    const older = readBoard(heard, snapshot(), nowMs)
    const after = apply(older, about(11, 'mute-member', 1, { speak: false }), nowMs)

    expect(after.participants.get(first)?.speak).toBe(false)
    expect(seqs(after)).toEqual([11])
  })

  it('is no longer idle when it began while that was being read', () => {
    const began = happened(11, 'conference-create')
    const loading = apply(emptyBoard('c1'), began, nowMs)

    expect(apply(readIdle(loading, nowMs), began, nowMs).isIncomplete).toBe('new-run')
  })

  it('keeps rows that did not change the same objects', () => {
    const before = board()
    const again = readBoard(before, snapshot({ duration: 61 }), nowMs + 300)

    expect(again.participants.get(first)).toBe(before.participants.get(first))
    expect(again.startedMs).toBe(before.startedMs)
  })

  it('has recorded since a moment of this clock, however the server’s goes', () => {
    const since = nowMs - 3_600_000 + 40_000
    const late = snapshot({
      started: nowMs / 1000 + GREGORIAN_OFFSET_S - 3600,
      recording_since_ms: since,
      is_recording: true,
    })

    expect(readBoard(emptyBoard('c1'), late, nowMs).recordingSinceMs).toBe(nowMs - 20_000)
  })
})

describe('talking', () => {
  it('shows for a moment after the last word', () => {
    const talks = apply(board(), about(11, 'start-talking', 1, { talking: true }), nowMs)
    const quiet = apply(talks, about(12, 'stop-talking', 1), nowMs + 2000)
    const row = (at: BoardState) => at.participants.get(first)

    expect(row(quiet)).toMatchObject({ talking: false, showsTalking: true, talkedMs: 2000 })
    expect(row(releaseTalkers(quiet, nowMs + 2500))?.showsTalking).toBe(true)
    expect(row(releaseTalkers(quiet, nowMs + 2600))?.showsTalking).toBe(false)
  })

  it('is counted by the engine, and goes on counting until it tells again', () => {
    const talks = apply(board(), about(11, 'start-talking', 1, { talking: true }), nowMs)
    const levels = applyLevels(
      talks,
      {
        ...{ event: 'levels', account_id: 'a', conference_id: 'c1', instance_id: instance },
        at_ms: 0,
        levels: [[1, 700, 1800]],
      },
      nowMs + 2000,
    )
    const row = levels.participants.get(first)
    const level = levels.levels.get(first)

    expect(level).toEqual({ energy: 700, talkedMs: 1800, atMs: nowMs + 2000 })
    expect(row && talkedMsAt(row, level, nowMs + 2500)).toBe(2300)
    expect(row).toBe(talks.participants.get(first))
  })

  it('is not taken from levels of another run', () => {
    const before = board()
    const levels: LevelsEvent = {
      ...{ event: 'levels', account_id: 'a', conference_id: 'c1', instance_id: 'run-0' },
      at_ms: 0,
      levels: [[1, 700, 1800]],
    }

    expect(applyLevels(before, levels, nowMs)).toBe(before)
  })
})
