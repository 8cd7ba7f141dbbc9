import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

const Bounds = Type.Object({
  x: Type.Integer(),
  y: Type.Integer(),
  width: Type.Integer({ minimum: 1 }),
  height: Type.Integer({ minimum: 1 }),
})
const WindowState = Type.Object({ bounds: Bounds, maximized: Type.Boolean() })

export type Bounds = Static<typeof Bounds>
export type WindowState = Static<typeof WindowState>

export const minimumSize = { width: 900, height: 600 }
const preferredSize = { width: 1360, height: 860 }
/** This much of the window's top edge must be on a screen, or nobody can drag it back. */
const grip = { width: 120, height: 32 }

const overlap = (from: number, length: number, start: number, size: number) =>
  Math.min(from + length, start + size) - Math.max(from, start)

const isReachable = ({ x, y, width }: Bounds, area: Bounds) =>
  overlap(x, width, area.x, area.width) >= grip.width &&
  overlap(y, grip.height, area.y, area.height) >= grip.height

const centred = (size: { width: number; height: number }, area: Bounds): Bounds => {
  const width = Math.min(size.width, area.width)
  const height = Math.min(size.height, area.height)
  return {
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
    width,
    height,
  }
}

/**
 * Where the window opens: where it was, or in the middle of the first screen when that place is no
 * longer on any. `areas` are the screens without bars and docks, the primary one first.
 */
export const placeWindow = (
  saved: WindowState | null,
  areas: readonly [Bounds, ...Bounds[]],
): WindowState => {
  if (!saved) return { bounds: centred(preferredSize, areas[0]), maximized: false }
  const area = areas.find((each) => isReachable(saved.bounds, each))
  if (!area) return { ...saved, bounds: centred(saved.bounds, areas[0]) }
  const width = Math.min(saved.bounds.width, area.width)
  const height = Math.min(saved.bounds.height, area.height)
  return { ...saved, bounds: { ...saved.bounds, width, height } }
}

/** What was saved, or null when there is nothing that can be understood. */
export const readWindowState = (file: string): WindowState | null => {
  try {
    const saved: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return Value.Check(WindowState, saved) ? saved : null
  } catch {
    return null
  }
}

export const writeWindowState = (file: string, state: WindowState): void => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(state))
}
