import type { Finding, Measures, TargetProfile, Verdict } from '#contract/measures'
import { gainFor } from './gain.ts'
import { levelText } from './level-text.ts'

const MOST_DC = 0.005
const HEAD_MS = { least: 50, most: 150 }
const TAIL_MS = { least: 100, most: 300 }
/** G.711 alone leaves noise 38 dB below the speech. */
const LEAST_SPEECH_TO_NOISE_DB = 35
const LINE_RATE_HZ = 8000
const LINE_HIGHEST_HZ = 3400
const MUFFLED_BELOW_HZ = 2500
/** What nobody hears and rounding may cause. */
const TOLERATED_DB = 0.05

const severities = ['error', 'warning', 'info'] as const

const kilohertz = (hertz: number): string => `${Number((hertz / 1000).toFixed(1))} kHz`

type Judge = (measures: Measures, target: TargetProfile) => Finding | undefined

const level: Judge = (measures, target) => {
  const { level: wanted, tolerance_db: tolerance, ceiling_dbtp: ceiling } = target
  const gain = gainFor(measures, { metric: target.metric, level: wanted, ceiling })
  if (!gain) return undefined
  const off = gain.gainDb + gain.missingDb
  if (Math.abs(off) <= tolerance + TOLERATED_DB) return undefined
  const what = `${levelText(Math.abs(off))} dB too ${off < 0 ? 'hot' : 'quiet'}`
  const isShort = gain.missingDb > TOLERATED_DB
  const how =
    gain.gainDb > 0
      ? `its peaks leave room for ${levelText(gain.gainDb)} dB`
      : 'its peaks leave no room'
  return {
    check: 'level',
    severity: 'warning',
    message: isShort ? `${what}; ${how}` : what,
    gain_db: gain.gainDb,
  }
}

const peak: Judge = ({ true_peak_dbtp: truePeak }, { ceiling_dbtp: ceiling }) => {
  if (truePeak === null || truePeak <= ceiling + TOLERATED_DB) return undefined
  const over = `${levelText(truePeak - ceiling)} dB over the ceiling of ${levelText(ceiling)}`
  return {
    check: 'peak',
    severity: 'warning',
    message: `Peaks at ${levelText(truePeak)} dBTP, ${over}`,
    gain_db: Math.floor((ceiling - truePeak) * 100) / 100,
  }
}

const clipping: Judge = ({ clipping_runs: runs, clipping: listed, sample_rate_hz: rate }) => {
  const [first] = listed
  if (!first) return undefined
  const places = runs === 1 ? 'Clipped at one place' : `Clipped at ${runs} places`
  const at = `${(first.from / rate).toFixed(3)} s`
  const message = `${places}: ${first.frames} samples at full scale at ${at}${runs === 1 ? '' : ' and more'}`
  return { check: 'clipping', severity: 'error', message }
}

const dcOffset: Judge = ({ dc_offset: offset }) =>
  Math.abs(offset) <= MOST_DC
    ? undefined
    : {
        check: 'dc_offset',
        severity: 'warning',
        message: `Shifted by ${levelText(offset * 100)} % of full scale: a high-pass takes it off`,
      }

const silenceAt =
  (check: 'head_silence' | 'tail_silence', limits: { least: number; most: number }): Judge =>
  (measures) => {
    const isHead = check === 'head_silence'
    const ms = Math.round(isHead ? measures.head_silence_ms : measures.tail_silence_ms)
    if (ms >= limits.least && ms <= limits.most) return undefined
    const where = isHead ? 'before the first sound' : 'behind the last sound'
    const range = `${limits.least} to ${limits.most} ms are usual`
    return {
      check,
      severity: ms > limits.most ? 'warning' : 'info',
      message: `${ms} ms of silence ${where}; ${range}`,
    }
  }

const noiseFloor: Judge = ({ noise_floor_dbov: noise, active_level_dbov: speech }) => {
  if (noise === null || speech === null || speech - noise >= LEAST_SPEECH_TO_NOISE_DB) {
    return undefined
  }
  const below = `only ${levelText(speech - noise)} dB below the speech`
  return {
    check: 'noise_floor',
    severity: 'warning',
    message: `Noise at ${levelText(noise)} dBov, ${below}`,
  }
}

const bandwidth: Judge = ({ bandwidth_hz: highest, sample_rate_hz: rate }) => {
  const check = 'bandwidth'
  if (rate < LINE_RATE_HZ) {
    const message = `Sampled at ${kilohertz(rate)}: duller than a telephone line`
    return { check, severity: 'warning', message }
  }
  if (highest < MUFFLED_BELOW_HZ) {
    const message = `Muffled: there is nothing above ${kilohertz(highest)}`
    return { check, severity: 'warning', message }
  }
  if (rate <= LINE_RATE_HZ || highest <= LINE_HIGHEST_HZ) return undefined
  const message = `Reaches up to ${kilohertz(highest)}: callers hear nothing above ${kilohertz(LINE_HIGHEST_HZ)}`
  return { check, severity: 'info', message }
}

const silent: Judge = ({ active_level_dbov: speech, rms_dbov: rms, channels }) => {
  if (speech !== null) return undefined
  const isCancelled = channels > 1 && rms !== null && rms > -60
  const message = isCancelled
    ? 'The channels cancel each other out: a caller hears nothing'
    : 'There is nothing to hear'
  return { check: 'silent', severity: 'error', message }
}

const judges: readonly Judge[] = [
  level,
  clipping,
  peak,
  dcOffset,
  noiseFloor,
  silenceAt('head_silence', HEAD_MS),
  silenceAt('tail_silence', TAIL_MS),
  bandwidth,
]

/** What is wrong with audio that should meet a target, in words, the worst first. */
export const verdict = (measures: Measures, target: TargetProfile): Verdict => {
  const nothing = silent(measures, target)
  const found = nothing ? [nothing] : judges.flatMap((judge) => judge(measures, target) ?? [])
  const findings = severities.flatMap((each) => found.filter(({ severity }) => severity === each))
  return { target, ok: findings.every(({ severity }) => severity === 'info'), findings }
}
