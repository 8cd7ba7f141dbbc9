import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createMemory, placeWindow, popOutSizes, stepAside } from './window-state.ts'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const external = { x: 1440, y: 0, width: 2560, height: 1400 }
const saved = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  maximized: false,
})

describe('window placement', () => {
  it('opens in the middle of the first screen the first time', () => {
    const { bounds } = placeWindow(null, [laptop, external])

    expect(bounds).toEqual({ x: 40, y: 32, width: 1360, height: 860 })
  })

  it('opens a window beside others next to them, so that none hides another', () => {
    const first = placeWindow(null, [laptop], popOutSizes.preferred)

    expect(first.bounds).toEqual({ x: 160, y: 82, width: 1120, height: 760 })
    expect(stepAside(first, 2).bounds).toEqual({ x: 216, y: 138, width: 1120, height: 760 })
  })

  it('steps aside and never off the screen, however many are open', () => {
    const first = placeWindow(null, [laptop], popOutSizes.preferred)
    for (let count = 0; count < 100; count += 1) {
      const aside = stepAside(first, count)
      expect(placeWindow(aside, [laptop])).toEqual(aside)
    }
  })

  it('opens where it was', () => {
    expect(placeWindow(saved(1600, 80), [laptop, external])).toEqual(saved(1600, 80))
  })

  it('remembers that it was maximised', () => {
    const state = { ...saved(10, 30), maximized: true }

    expect(placeWindow(state, [laptop]).maximized).toBe(true)
  })

  it.each([
    ['the screen it was on is gone', saved(1600, 80)],
    ['only a sliver would show', saved(1430, 80)],
    ['its title bar would be above the screen', saved(100, -400)],
    ['its title bar would be below the screen', saved(100, 890)],
  ])('comes back to the first screen when %s', (_, state) => {
    expect(placeWindow(state, [laptop]).bounds).toEqual({
      x: 220,
      y: 112,
      width: 1000,
      height: 700,
    })
  })

  it('shrinks to the screen', () => {
    const { bounds } = placeWindow(saved(0, 25, 5000, 5000), [laptop])

    expect(bounds).toMatchObject({ width: 1440, height: 875 })
  })
})

describe('saved window state', () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-window-'))
  let count = 0
  const file = () => join(folder, `window-${(count += 1)}.json`)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('keeps the places of several windows apart', () => {
    const path = file()
    const memory = createMemory(path)

    memory.write('main', saved(1, 2))
    memory.write('conference a', saved(3, 4))

    expect(createMemory(path).read('main')).toEqual(saved(1, 2))
    expect(createMemory(path).read('conference a')).toEqual(saved(3, 4))
    expect(createMemory(path).read('conference b')).toBeNull()
  })

  it('forgets the windows that were not open for longest', () => {
    const memory = createMemory(file())

    for (let index = 0; index < 50; index += 1) memory.write(`conference ${index}`, saved(0, index))
    memory.write('conference 0', saved(9, 9))
    memory.write('conference new', saved(0, 0))

    expect(memory.read('conference 0')).toEqual(saved(9, 9))
    expect(memory.read('conference 1')).toBeNull()
    expect(memory.read('conference 2')).not.toBeNull()
  })

  it.each(['', '{', '{"main":{"bounds":{"x":0}}}', 'null'])('ignores a file with %j', (text) => {
    const path = file()

    writeFileSync(path, text)

    expect(createMemory(path).read('main')).toBeNull()
  })

  it('is empty without a file', () => {
    expect(createMemory(file()).read('main')).toBeNull()
  })
})
