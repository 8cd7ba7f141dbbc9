import { describe, expect, it } from 'vitest'
import { createJitterPace, isBearable } from './jitter-pace.ts'
import { createJitterRing, takeSamples, writeSamples } from './jitter-ring.ts'
import { largestStep, sine, type Voice } from './test/rtp-line.ts'

/** A tick is played and adjusted, and then the next; what is heard of both. */
const adjusting = (voice: Voice, excess: number) => {
  const ring = createJitterRing(4096)
  const said = Int16Array.from({ length: 640 }, (_, at) => voice(at))
  writeSamples(ring, 1000, said, said.length)
  const pace = createJitterPace(8000, ring)
  const heard = new Int16Array(320)
  takeSamples(ring, 1000, heard.subarray(0, 160), 0)
  const by = pace.adjust(heard.subarray(0, 160), 1160, excess)
  const taken = takeSamples(ring, 1160 + by, heard.subarray(160), 0)
  return { by, taken, heard }
}

describe('pace', () => {
  const tone = sine(400, 8000)
  const step = largestStep(Int16Array.from({ length: 160 }, (_, at) => tone(at)))

  it.each([200, 400])(
    'leaves out whole periods when the delay is %i samples too long',
    (excess) => {
      const { by, taken, heard } = adjusting(tone, excess)
      expect(by).toBeGreaterThan(0)
      expect(by % 20).toBe(0)
      expect(taken).toBe(160)
      expect(largestStep(heard)).toBeLessThanOrEqual(step * 1.02)
    },
  )

  it('plays whole periods again when it is too short', () => {
    const { by, taken, heard } = adjusting(tone, -100)
    expect(by).toBeLessThan(0)
    expect(by % 20).toBe(-0)
    expect(taken).toBe(160)
    expect(largestStep(heard)).toBeLessThanOrEqual(step * 1.02)
    expect(heard[300]).toBe(tone(300 + by))
  })

  it('drops all that is too much at once after a stall', () => {
    expect(adjusting(tone, 1000).by).toBe(1000)
  })

  it('changes quiet ticks first, and loud ones only when it matters', () => {
    expect(adjusting((at) => at % 20, 90).by).toBe(90)
    expect(adjusting(tone, 90).by).toBe(0)
    expect(isBearable(60, 8000)).toBe(true)
    expect(isBearable(-30, 8000)).toBe(true)
    expect(isBearable(90, 8000)).toBe(false)
  })
})
