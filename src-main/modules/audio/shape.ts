const PARTS = 32
/** Up to here every frame counts for itself. */
export const EXACT_FRAMES = 2 ** 18
const MOST = EXACT_FRAMES
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * Pictures audio of unknown length in 32 characters. It keeps the peak of every frame, and of every
 * 2, 4, 8… frames once there are more than 262,144, so that memory stays the same for any length.
 */
export const createShape = () => {
  const peaks = new Uint16Array(MOST)
  let used = 0
  let framesEach = 1
  let open = 0
  let openFrames = 0

  const halve = () => {
    for (let i = 0; i < MOST / 2; i += 1) {
      peaks[i] = Math.max(peaks[2 * i] ?? 0, peaks[2 * i + 1] ?? 0)
    }
    used = MOST / 2
    framesEach *= 2
  }

  const keep = () => {
    if (used === MOST) {
      halve()
      return
    }
    peaks[used] = open
    used += 1
    open = 0
    openFrames = 0
  }

  /** A peak that stands for some frames. */
  const push = (framePeak: number, frames: number) => {
    for (let left = frames; left > 0;) {
      const taken = Math.min(left, framesEach - openFrames)
      if (framePeak > open) open = framePeak
      openFrames += taken
      left -= taken
      if (openFrames === framesEach) keep()
    }
  }

  const loudest = (from: number, to: number): number => {
    let peak = to > used ? open : 0
    for (let i = from; i < Math.min(to, used); i += 1) peak = Math.max(peak, peaks[i] ?? 0)
    return peak
  }

  const finish = (): string => {
    const total = used + (openFrames > 0 ? 1 : 0)
    const border = (part: number) => Math.floor((part * total) / PARTS)
    const character = (part: number) => {
      const from = border(part)
      const peak = loudest(from, Math.max(from + 1, border(part + 1)))
      return alphabet.charAt(Math.round((peak / 32_768) * 63))
    }
    return Array.from({ length: PARTS }, (_, part) => character(part)).join('')
  }
  return { push, finish }
}
