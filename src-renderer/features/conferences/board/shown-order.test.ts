import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { applyAll, applyLevels } from './board-apply.ts'
import type { ToldEvent } from './board-state.ts'
import { useBoard, useBoardView } from './board-store.ts'
import { setPresence, settleOrder, startOrder, useShownOrder } from './shown-order.ts'
import { about, board, people, personKey } from './test/sample-board.ts'

let stop: () => void
beforeEach(() => {
  vi.useFakeTimers()
  setPresence({ pointer: false, focus: false })
  // The loudest first.
  useBoardView.setState({ filter: 'everyone', sort: 'level', isDescending: true })
  useBoardView.setState({ search: '', cursor: undefined })
  useBoard.setState(board({ participants: [] }), true)
  stop = startOrder()
  useBoard.setState(board({ participants: people(4) }), true)
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

const pass = (ms: number) => vi.advanceTimersByTime(ms)
const shown = () => useShownOrder.getState().keys.map((key) => Number(key.split('-').at(-1)))
const changes = () => useShownOrder.getState().changes

/** Says how loud each is, the first participant first. */
const loudness = (...energies: number[]) => {
  const levels = energies.map((energy, index): [number, number, number] => [index + 1, energy, 0])
  const told = { event: 'levels', account_id: 'a', at_ms: 0, levels } as const
  const room = { conference_id: 'c1', instance_id: 'run-1' }
  useBoard.setState(applyLevels(useBoard.getState(), { ...told, ...room }, Date.now()), true)
}
const hear = (...events: ToldEvent[]) =>
  useBoard.setState(applyAll(useBoard.getState(), events, Date.now()), true)

describe('the order', () => {
  it('is there at once when the conference was read, and anew for another run', () => {
    expect(shown()).toEqual([1, 2, 3, 4])
    setPresence({ pointer: true, focus: true })
    useBoard.setState(board({ instance_id: 'run-2', participants: people(2) }), true)
    expect(useShownOrder.getState().keys).toEqual([personKey(1, 'run-2'), personKey(2, 'run-2')])
  })

  it('moves rows every two seconds at most', () => {
    const orders: number[][] = []
    const unsubscribe = useShownOrder.subscribe(({ keys }, before) => {
      if (keys !== before.keys) orders.push(shown())
    })
    for (let tick = 1; tick <= 50; tick += 1) {
      loudness(tick % 2, tick % 3, tick % 5, tick % 7)
      pass(200)
    }
    unsubscribe()
    expect(orders.length).toBeGreaterThan(1)
    expect(orders.length).toBeLessThanOrEqual(5)
  })

  it('is the same list while nothing changes it, so that no row is drawn', () => {
    loudness(1, 2, 3, 4)
    pass(2000)
    const { keys } = useShownOrder.getState()
    pass(10_000)
    expect(useShownOrder.getState().keys).toBe(keys)
  })

  it('that a person asks for is applied at once', () => {
    setPresence({ pointer: true, focus: true })
    useBoardView.setState({ sort: 'name' })
    expect(shown()).toEqual([4, 3, 2, 1])
    useBoardView.setState({ isDescending: false, search: 'Person 3' })
    expect(shown()).toEqual([3])
  })
})

describe.each(['pointer', 'focus'] as const)('while the %s is in the list', (which) => {
  beforeEach(() => setPresence({ [which]: true }))

  it('no row moves, and the changes are counted until they are applied', () => {
    loudness(1, 2, 3, 4)
    pass(60_000)
    expect([shown(), changes()]).toEqual([[1, 2, 3, 4], 3])
    const { keys } = useShownOrder.getState()
    loudness(4, 1, 2, 3)
    pass(2000)
    expect([shown(), changes()]).toEqual([[1, 2, 3, 4], 2])
    // Only the hint is drawn.
    expect(useShownOrder.getState().keys).toBe(keys)

    settleOrder()
    expect([shown(), changes()]).toEqual([[1, 4, 3, 2], 0])
    loudness(1, 2, 3, 4)
    pass(60_000)
    expect(shown()).toEqual([1, 4, 3, 2])
  })

  it('who is new stands at the end, and who left keeps the place for a while', () => {
    loudness(1, 2, 3, 4)
    hear(about(11, 'add-member', 5, { current_energy: 9 }), about(12, 'del-member', 2))
    pass(200)
    expect(shown()).toEqual([1, 2, 3, 4, 5])
    expect([...useShownOrder.getState().left.keys()]).toEqual([personKey(2)])
    pass(5000)
    expect(shown()).toEqual([1, 2, 3, 4, 5])
    pass(5000)
    // Under a pointer nothing may slip.
    expect(shown()).toEqual(which === 'pointer' ? [1, 2, 3, 4, 5] : [1, 3, 4, 5])
  })

  it('the order is settled once it has gone', () => {
    loudness(1, 2, 3, 4)
    pass(10_000)
    setPresence({ [which]: false })
    expect(shown()).toEqual([1, 2, 3, 4])
    pass(2000)
    expect([shown(), changes()]).toEqual([[4, 3, 2, 1], 0])
  })
})

it('keeps the row the keys act on, although the filter has no place for it any more', () => {
  useBoardView.setState({ filter: 'muted', sort: 'name', isDescending: false })
  hear(about(11, 'mute-member', 1, { speak: false }), about(12, 'mute-member', 2, { speak: false }))
  setPresence({ focus: true })
  pass(2000)
  expect(shown()).toEqual([1, 2])
  useBoardView.setState({ cursor: personKey(1) })
  hear(about(13, 'unmute-member', 1), about(14, 'unmute-member', 2))
  pass(20_000)
  expect(shown()).toEqual([1])
  hear(about(15, 'del-member', 1))
  pass(20_000)
  expect(shown()).toEqual([])
})

it('is over when it is stopped', () => {
  stop()
  hear(about(11, 'add-member', 5))
  pass(10_000)
  expect([shown(), vi.getTimerCount()]).toEqual([[], 0])
})
