import { afterEach, expect, it, vi } from 'vitest'
import { emptyBoard, type Level } from './board-state.ts'
import { useBoard, watchLevel } from './board-store.ts'

const level = (energy: number): Level => ({ energy, talkedMs: 0, atMs: 0 })
const told = (...levels: [key: string, level: Level][]) =>
  useBoard.setState({ levels: new Map(levels) })

afterEach(() => useBoard.setState(emptyBoard(''), true))

it('tells who watches somebody of that one, and of nobody else', () => {
  const [ann, carl] = [level(1), level(2)]
  told(['ann', ann], ['carl', carl])
  const [ofAnn, ofCarl] = [vi.fn(), vi.fn()]
  const stops = [watchLevel('ann', ofAnn), watchLevel('carl', ofCarl)]
  told(['ann', level(3)], ['carl', carl])
  expect([ofAnn, ofCarl].map(({ mock }) => mock.calls.length)).toEqual([1, 0])
  told(['carl', carl])
  expect([ofAnn, ofCarl].map(({ mock }) => mock.calls.length)).toEqual([2, 0])
  for (const stop of stops) stop()
})

it('tells nobody any more who has stopped, and goes on telling the others', () => {
  const [first, second] = [vi.fn(), vi.fn()]
  const stopFirst = watchLevel('ann', first)
  const stopSecond = watchLevel('ann', second)
  stopFirst()
  told(['ann', level(1)])
  expect(first).not.toHaveBeenCalled()
  expect(second).toHaveBeenCalledTimes(1)
  stopSecond()
  told(['ann', level(2)])
  expect(second).toHaveBeenCalledTimes(1)
})
