import { levelOfPower } from './decibels.ts'

/** What is quiet in audio: its ends, and the noise where nobody speaks. */
export type Quiet = {
  /** The sum of the squares of one step of so many frames, of the channel that has most of it. */
  push: (squares: number, frames: number) => void
  /** `speech` is the active speech level, dBov; null where nobody speaks. */
  finish: (speech: number | null) => {
    headFrames: number
    tailFrames: number
    noiseFloor: number | null
  }
}

export const STEPS_PER_S = 200
const STEPS_PER_WINDOW = 4 // 20 ms

// An end is silent as long as it is this far below the speech: weak final consonants lie about 30 dB
// below. Where the noise is louder than that, silence is what does not rise above the noise.
const BELOW_SPEECH_DB = 35
const ABOVE_NOISE_DB = 6
/** Nearer to the speech than the margin of P.56 it is speech. */
const SPEECH_MARGIN_DB = 15.9

const LOWEST_DB = -120
const BINS_PER_DB = 10
const BINS = -LOWEST_DB * BINS_PER_DB
const NOISE_SHARE = 0.2
const LEAST_WINDOWS = 3

const binOf = (level: number, perDb: number): number =>
  Math.max(0, Math.min(-LOWEST_DB * perDb - 1, Math.floor((level - LOWEST_DB) * perDb)))

/** For every decibel the first and the last step that is as loud: the threshold is known at the end. */
const createEdges = () => {
  const first = new Float64Array(-LOWEST_DB).fill(Infinity)
  const last = new Float64Array(-LOWEST_DB).fill(-1)
  return {
    push: (level: number, from: number, to: number) => {
      const bin = binOf(level, 1)
      if (first[bin] === Infinity) first[bin] = from
      last[bin] = to
    },
    at: (threshold: number) => {
      const lowest = binOf(Math.ceil(threshold), 1)
      return { from: Math.min(...first.subarray(lowest)), to: Math.max(...last.subarray(lowest)) }
    },
  }
}

export const createQuiet = (): Quiet => {
  const edges = createEdges()
  const windows = new Float64Array(BINS)
  let [frames, steps, squares, windowFrames] = [0, 0, 0, 0]

  const endWindow = () => {
    const level = levelOfPower(squares / windowFrames)
    if (level !== null) {
      const bin = binOf(level, BINS_PER_DB)
      windows[bin] = (windows[bin] ?? 0) + 1
    }
    squares = 0
    windowFrames = 0
  }

  const noiseBelow = (limit: number): number | null => {
    const end = limit > LOWEST_DB ? binOf(limit, BINS_PER_DB) : 0
    const quiet = windows.subarray(0, end)
    const count = quiet.reduce((sum, value) => sum + value, 0)
    if (count < LEAST_WINDOWS) return null
    let seen = 0
    const bin = quiet.findIndex((value) => (seen += value) >= count * NOISE_SHARE)
    return LOWEST_DB + (bin + 0.5) / BINS_PER_DB
  }

  return {
    push: (sum, stepFrames) => {
      const level = levelOfPower(sum / stepFrames)
      if (level !== null) edges.push(level, frames, frames + stepFrames)
      frames += stepFrames
      squares += sum
      windowFrames += stepFrames
      steps += 1
      if (steps % STEPS_PER_WINDOW === 0) endWindow()
    },
    finish: (speech) => {
      if (speech === null) {
        return { headFrames: frames, tailFrames: frames, noiseFloor: noiseBelow(0) }
      }
      const noiseFloor = noiseBelow(speech - SPEECH_MARGIN_DB)
      const overNoise = noiseFloor === null ? -Infinity : noiseFloor + ABOVE_NOISE_DB
      const threshold = Math.min(
        speech - SPEECH_MARGIN_DB,
        Math.max(speech - BELOW_SPEECH_DB, overNoise),
      )
      const { from, to } = edges.at(threshold)
      if (from === Infinity) return { headFrames: frames, tailFrames: frames, noiseFloor }
      return { headFrames: from, tailFrames: frames - to, noiseFloor }
    },
  }
}
