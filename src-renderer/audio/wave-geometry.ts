import type { Peaks } from './peaks.ts'

/** One value per column, in half heights: how far the wave reaches up and down, and its body. */
export type Columns = { up: Float32Array; down: Float32Array; body: Float32Array }

/**
 * How high a peak is drawn, of half the height. Speech at -18 dBov peaks near half of full scale; a
 * linear picture of it is a thread in an empty box.
 */
export const heightOfPeak = (peak: number): number => Math.min(1, peak) ** 0.6

/** The body is drawn where the voice is most of the time, not at the spikes. */
const BODY = 0.58

/** Fits peaks to a number of columns; several peaks of one column give its extremes and its body. */
export const columnsOf = ({ min, max }: Pick<Peaks, 'min' | 'max'>, count: number): Columns => {
  const up = new Float32Array(count)
  const down = new Float32Array(count)
  const body = new Float32Array(count)
  if (min.length === 0) return { up, down, body }
  for (let column = 0; column < count; column++) {
    const first = Math.floor((column * min.length) / count)
    const end = Math.max(first + 1, Math.floor(((column + 1) * min.length) / count))
    let high = 0
    let low = 0
    let squares = 0
    for (let index = first; index < end; index++) {
      const top = max[index] ?? 0
      const bottom = -(min[index] ?? 0)
      high = Math.max(high, top)
      low = Math.max(low, bottom)
      squares += Math.max(top, bottom, 0) ** 2
    }
    up[column] = heightOfPeak(high)
    down[column] = heightOfPeak(low)
    body[column] = heightOfPeak(Math.sqrt(squares / (end - first))) * BODY
  }
  return { up, down, body }
}

export const clampMs = (ms: number, durationMs: number): number =>
  Math.min(Math.max(0, ms), Math.max(0, durationMs))

/** Where a key takes the playhead; nothing for keys that mean something else. */
export const seekByKey = (key: string, ms: number, durationMs: number): number | undefined => {
  const step = Math.max(10, durationMs / 50)
  const moves: Record<string, number> = {
    ArrowLeft: ms - step,
    ArrowDown: ms - step,
    ArrowRight: ms + step,
    ArrowUp: ms + step,
    PageDown: ms - 5 * step,
    PageUp: ms + 5 * step,
    Home: 0,
    End: durationMs,
  }
  const target = moves[key]
  return target === undefined ? undefined : clampMs(target, durationMs)
}

export const secondsText = (ms: number): string => `${(ms / 1000).toFixed(3)} s`
