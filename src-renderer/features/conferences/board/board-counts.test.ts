import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startCounting, useCounts } from './board-counts.ts'
import { emptyBoard, type BoardRow } from './board-state.ts'
import { useBoard } from './board-store.ts'

const row = (key: string, more: Partial<BoardRow> = {}): BoardRow => ({
  ...{ key, participantId: 1, callId: key, instanceId: 'run', name: key, number: '' },
  ...{ isModerator: false, isGhost: false, speak: true, hear: true, talking: false },
  ...{ showsTalking: false, floor: false, muteDetect: false, energyLevel: 0, joinedMs: 0 },
  ...{ talkedMs: 0, talkingSinceMs: null, quietSinceMs: null, more: undefined },
  ...{ deviceId: undefined, userName: undefined, ...more },
})
const there = (...rows: readonly BoardRow[]) =>
  useBoard.setState({ participants: new Map(rows.map((each) => [each.key, each])) })

let stop: () => void
beforeEach(() => {
  vi.useFakeTimers()
  useBoard.setState(emptyBoard('c1'), true)
  stop = startCounting()
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

it('counts who is seen first at once, and ghosts apart', () => {
  there(
    row('ann', { isModerator: true, showsTalking: true }),
    row('carl', { speak: false, showsTalking: true }),
    row('ghost', { isGhost: true, speak: false }),
  )
  expect(useCounts.getState()).toEqual({
    ...{ everyone: 2, hidden: 1, talking: 1, muted: 2, moderators: 1 },
  })
})

it('counts four times a second at most, however much they talk', () => {
  const changes = vi.fn()
  there(row('ann'))
  const unsubscribe = useCounts.subscribe(changes)
  for (let frame = 0; frame < 60; frame += 1) {
    there(row('ann', { showsTalking: frame % 2 === 0 }))
    vi.advanceTimersByTime(1000 / 60)
  }
  unsubscribe()
  expect(changes.mock.calls.length).toBeGreaterThanOrEqual(3)
  expect(changes.mock.calls.length).toBeLessThanOrEqual(5)
  vi.advanceTimersByTime(250)
  expect(useCounts.getState().talking).toBe(0)
})
