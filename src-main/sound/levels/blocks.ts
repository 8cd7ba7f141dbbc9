/** Samples of the channels one by one, from −1 to 1, and their mean. */
export type Planes = { channels: readonly Float64Array[]; mix: Float64Array; count: number }

const MOST_FRAMES = 4096

/**
 * Takes interleaved blocks apart into planes of at most 4096 frames, which stay in the processor's
 * cache while every meter looks at them. The planes are used again: nobody keeps them.
 */
export const createPlanes = (channels: number) => {
  const planes = Array.from({ length: channels }, () => new Float64Array(MOST_FRAMES))
  const [first = new Float64Array(MOST_FRAMES)] = planes
  const mix = channels === 1 ? first : new Float64Array(MOST_FRAMES)

  const fill = (block: Int16Array | Int32Array, start: number, count: number) => {
    const scale = block instanceof Int16Array ? 2 ** -15 : 2 ** -31
    for (const [channel, plane] of planes.entries()) {
      for (let i = 0, at = start + channel; i < count; i += 1, at += channels) {
        plane[i] = (block[at] ?? 0) * scale
      }
    }
    if (channels === 1) return
    mix.fill(0, 0, count)
    for (const plane of planes) {
      for (let i = 0; i < count; i += 1) mix[i] = (mix[i] ?? 0) + (plane[i] ?? 0) / channels
    }
  }

  return (block: Int16Array | Int32Array, each: (planes: Planes) => void) => {
    const frames = Math.floor(block.length / channels)
    for (let frame = 0; frame < frames; frame += MOST_FRAMES) {
      const count = Math.min(MOST_FRAMES, frames - frame)
      fill(block, frame * channels, count)
      each({ channels: planes, mix, count })
    }
  }
}
