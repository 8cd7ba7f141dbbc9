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

type Size = { width: number; height: number }
/** Of a window: what it begins with, and how small it gets. */
export type Sizes = { readonly preferred: Size; readonly minimum: Size }

export const mainSizes: Sizes = {
  preferred: { width: 1360, height: 860 },
  minimum: { width: 900, height: 600 },
}
export const popOutSizes: Sizes = {
  preferred: { width: 1120, height: 760 },
  minimum: { width: 380, height: 320 },
}
/** This much of the window's top edge must be on a screen, or nobody can drag it back. */
const grip = { width: 120, height: 32 }

const overlap = (from: number, length: number, start: number, size: number) =>
  Math.min(from + length, start + size) - Math.max(from, start)

const isReachable = ({ x, y, width }: Bounds, area: Bounds) =>
  overlap(x, width, area.x, area.width) >= grip.width &&
  overlap(y, grip.height, area.y, area.height) >= grip.height

const centred = (size: Size, area: Bounds): Bounds => {
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
  preferred: Size = mainSizes.preferred,
): WindowState => {
  if (!saved) return { bounds: centred(preferred, areas[0]), maximized: false }
  const area = areas.find((each) => isReachable(saved.bounds, each))
  if (!area) return { ...saved, bounds: centred(saved.bounds, areas[0]) }
  const width = Math.min(saved.bounds.width, area.width)
  const height = Math.min(saved.bounds.height, area.height)
  return { ...saved, bounds: { ...saved.bounds, width, height } }
}

const step = 28
/** After so many it begins anew: a long row would leave the screen. */
const mostSteps = 6

/** A new window beside `count` others: not exactly on top of them. */
export const stepAside = ({ bounds, maximized }: WindowState, count: number): WindowState => {
  const aside = step * (count % mostSteps)
  return { bounds: { ...bounds, x: bounds.x + aside, y: bounds.y + aside }, maximized }
}

/** Where one window was, or several. */
export type Memory = {
  /** Null when nothing is known that can be understood. */
  read: (name: string) => WindowState | null
  write: (name: string, state: WindowState) => void
}

/** So many are remembered: conferences come and go. */
const mostRemembered = 50
const States = Type.Record(Type.String(), WindowState)

const readStates = (file: string): Static<typeof States> => {
  try {
    const saved: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return Value.Check(States, saved) ? saved : {}
  } catch {
    return {}
  }
}

/** In one file, by name, those used last. */
export const createMemory = (file: string): Memory => ({
  read: (name) => new Map(Object.entries(readStates(file))).get(name) ?? null,
  write: (name, state) => {
    const { [name]: _, ...others } = readStates(file)
    const kept = Object.entries(others).slice(1 - mostRemembered)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(Object.fromEntries([...kept, [name, state]])))
  },
})
