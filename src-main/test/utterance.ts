import { silence, tone } from './tone.ts'

/** A stretch of a recording: a tone of some level, or silence where there is no level. */
export type Stretch = { ms: number; level?: number; frequencyHz?: number }

const headerBytes = 44

/** Stretches one after the other as a 16-bit mono wav. */
export const recording = (stretches: readonly Stretch[], sampleRateHz = 8000): Buffer => {
  const durationMs = stretches.reduce((sum, { ms }) => sum + ms, 0)
  const whole = silence({ durationMs, sampleRateHz })
  let at = headerBytes
  for (const { ms, level = 0, frequencyHz = 440 } of stretches) {
    const piece = tone({ frequencyHz, durationMs: ms, sampleRateHz, level })
    at += piece.copy(whole, at, headerBytes)
  }
  return whole
}

/** Something like a prompt: room before and behind, and two words of the level between. */
export const utterance = (level: number, more: Partial<Stretch> = {}): Buffer =>
  recording([
    { ms: 300 },
    { ms: 700, level, ...more },
    { ms: 60 },
    { ms: 500, level, ...more },
    { ms: 400 },
  ])
