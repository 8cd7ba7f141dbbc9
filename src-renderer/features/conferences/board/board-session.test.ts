import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useLive } from '../../../api/live.ts'
import type { FeedPosition, ToldHappening } from '../../../api/live.ts'
import { openBoard, refreshBoard } from './board-session.ts'
import type { ToldEvent } from './board-state.ts'
import { useBoard } from './board-store.ts'
import { about, answer, happened, people, personKey } from './test/sample-board.ts'
import { endSample, startSample, type SampleServer } from './test/sample-server.ts'

type Heard = {
  onHappening: (told: ToldHappening) => void
  onSubscribed?: (position: FeedPosition) => void
}

const feed = vi.hoisted(() => ({ listeners: new Set<unknown>() }))

/** The connection at the edge of the page: a test says what is heard. */
vi.mock(import('../../../api/live.ts'), async (original) => ({
  ...(await original()),
  listenToLevels: () => () => undefined,
  onConferences: (listener) => {
    feed.listeners.add(listener)
    return () => {
      feed.listeners.delete(listener)
    }
  },
}))

let server: SampleServer
let close: () => void = () => undefined

beforeEach(() => {
  server = startSample()
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => setTimeout(work, 16))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
})
afterEach(async () => {
  close()
  await endSample()
})

const heard = () => [...feed.listeners] as Heard[]
/** What comes within one frame, and the frame. */
const hear = async (...events: ToldEvent[]) => {
  for (const { onHappening } of heard())
    for (const event of events) onHappening(event as unknown as ToldHappening)
  await vi.advanceTimersByTimeAsync(20)
}
const reads = () => server.requests.length
const shown = () => useBoard.getState()
const idle = () => vi.advanceTimersByTimeAsync(5000)

/** A board that was read, at event 10, with three people. */
const opened = async () => {
  close = openBoard('c1')
  await server.last().answer(answer())
  expect([reads(), shown().participants.size]).toEqual([1, 3])
}

describe('an event about somebody unknown', () => {
  it('has the board read once, and shows nobody who is not in it', async () => {
    await opened()
    await hear(about(11, 'mute-member', 7), about(12, 'start-talking', 8))
    expect([reads(), shown().participants.size]).toEqual([1, 3])
    await vi.advanceTimersByTimeAsync(400)
    expect(reads()).toBe(2)
    await server.last().answer(answer({ seq: 12, participants: people(4) }))
    await idle()
    expect([reads(), shown().participants.size]).toEqual([2, 4])
  })

  it('ten thousand times has it read once at a time, and keeps memory within bounds', async () => {
    await opened()
    for (let frame = 0; frame < 100; frame += 1) {
      const from = 11 + frame * 100
      await hear(
        ...Array.from({ length: 100 }, (_, index) =>
          about(from + index, 'mute-member', 1000 + from + index),
        ),
      )
    }
    expect(reads()).toBe(2)
    const { participants, keyById, levels, entries } = shown()
    expect([participants.size, keyById.size, levels.size]).toEqual([3, 3, 3])
    expect(entries).toHaveLength(1000)
    // What is answered is older than some of them: once more, after a pause.
    await server.last().answer(answer({ seq: 5000 }))
    await vi.advanceTimersByTimeAsync(400)
    expect(reads()).toBe(3)
    await server.last().answer(answer({ seq: 10_010 }))
    await idle()
    expect(reads()).toBe(3)
  })
})

describe('an event that says nothing new', () => {
  it('changes nothing and has nothing read: twice, older than what was read, of another room', async () => {
    await opened()
    const muted = about(11, 'mute-member', 1, { speak: false })
    await hear(muted)
    const before = shown()
    await hear(muted, muted, about(9, 'unmute-member', 1), happened(8, 'lock'))
    await hear({ ...happened(12, 'lock'), conference_id: 'c2' })
    await idle()
    expect(reads()).toBe(1)
    expect(shown().participants).toBe(before.participants)
    expect(shown().isLocked).toBe(false)
  })

  it('of another epoch changes nobody: the board is read', async () => {
    await opened()
    await hear(about(11, 'mute-member', 1, { speak: false, conference_uuid: 'run-0' }))
    const restarted = happened(3, 'mute-member', { epoch: 'e0', instance_id: 'run-0' })
    await hear(restarted)
    expect(shown().participants.get(personKey(2))?.speak).toBe(true)
    await vi.advanceTimersByTimeAsync(400)
    expect(reads()).toBe(2)
    await server.last().answer(answer({ epoch: 'e1', seq: 11 }))
    await idle()
    expect(shown()).toMatchObject({ epoch: 'e1', isIncomplete: undefined })
  })
})

describe('a read', () => {
  it('that is not answered is given up, said, and tried again', async () => {
    await opened()
    refreshBoard()
    await vi.advanceTimersByTimeAsync(9_999)
    expect([reads(), shown().problem]).toEqual([2, undefined])
    await vi.advanceTimersByTimeAsync(1)
    expect(server.last().isAborted()).toBe(true)
    expect(shown()).toMatchObject({ phase: 'running', problem: 'The server does not answer.' })
    await vi.advanceTimersByTimeAsync(2000)
    expect(reads()).toBe(3)
    await server.last().answer(answer({ seq: 10, is_locked: true }))
    expect(shown()).toMatchObject({ problem: undefined, isLocked: true })
    await vi.advanceTimersByTimeAsync(60_000)
    expect([reads(), shown().problem]).toEqual([3, undefined])
  })

  it('keeps of what is heard meanwhile what it does not contain', async () => {
    await opened()
    refreshBoard()
    await hear(about(11, 'mute-member', 1, { speak: false }), happened(12, 'lock'))
    await server.last().answer(answer({ seq: 11 }))
    expect(shown()).toMatchObject({ isLocked: true, isIncomplete: undefined })
    expect(shown().participants.get(personKey(1))?.speak).toBe(true)
  })

  it('that is asked for again takes the place of the one before', async () => {
    await opened()
    refreshBoard()
    refreshBoard()
    expect(reads()).toBe(3)
    expect(server.requests[1]?.isAborted()).toBe(true)
    await server.last().answer(answer({ is_locked: true }))
    await vi.advanceTimersByTimeAsync(60_000)
    expect([reads(), shown().isLocked, shown().problem]).toEqual([3, true, undefined])
  })

  it('is not tried without a connection, and done as soon as it stands again', async () => {
    await opened()
    useLive.setState({ state: 'waiting' })
    refreshBoard()
    await server.last().lose()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(reads()).toBe(2)
    useLive.setState({ state: 'open' })
    for (const { onSubscribed } of heard()) onSubscribed?.({ epoch: 'e1', seq: 14 })
    expect(reads()).toBe(3)
    expect(shown().gap).toMatchObject({ reason: 'connection', missed: 4 })
    await server.last().answer(answer({ seq: 14 }))
    expect(shown()).toMatchObject({ gap: undefined, isIncomplete: undefined })
  })

  it('ends with the board', async () => {
    await opened()
    refreshBoard()
    close()
    expect(server.last().isAborted()).toBe(true)
    await vi.advanceTimersByTimeAsync(60_000)
    expect([reads(), feed.listeners.size, vi.getTimerCount()]).toEqual([2, 0, 0])
  })
})
