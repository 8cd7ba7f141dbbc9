import { describe, expect, it } from 'vitest'
import { createJitterPace } from './jitter-pace.ts'
import { createJitterRing } from './jitter-ring.ts'
import { largestStep, sine, type Voice } from './test/rtp-line.ts'

/** A tick is played and adjusted, and then the next; what is heard of both. */
const adjusting = (voice: Voice, excess: number) => {
  const ring = createJitterRing(4096)
  ring.write(
    1000,
    Int16Array.from({ length: 640 }, (_, at) => voice(at)),
    0,
    640,
  )
  const pace = createJitterPace(8000, ring)
  // It lets a few ticks pass between two changes.
  for (let i = 0; i < 5; i += 1) pace.adjust(new Int16Array(160), 9000, 0)
  const heard = new Int16Array(320)
  ring.take(1000, heard.subarray(0, 160), 0)
  const by = pace.adjust(heard.subarray(0, 160), 1160, excess)
  const taken = ring.take(1160 + by, heard.subarray(160), 0)
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
    expect(adjusting((at) => at % 20, 60).by).toBe(0)
    expect(adjusting(tone, -30).by).toBe(0)
  })
})
