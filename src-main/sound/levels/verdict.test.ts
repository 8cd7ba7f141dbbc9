import type { Measures } from '#contract/measures'
import { describe, expect, it } from 'vitest'
import { gainFor } from './gain.ts'
import { packTarget, standardTargets } from './targets.ts'
import { verdict } from './verdict.ts'

const good: Measures = {
  frames: 24_000,
  sample_rate_hz: 8000,
  channels: 1,
  duration_ms: 3000,
  active_level_dbov: -17.6,
  activity: 0.9,
  loudness_lufs: -18,
  true_peak_dbtp: -6,
  peak_dbfs: -6.1,
  rms_dbov: -18.2,
  dc_offset: 0,
  clipping: [],
  clipping_runs: 0,
  head_silence_ms: 100,
  tail_silence_ms: 200,
  noise_floor_dbov: -62,
  bandwidth_hz: 3700,
  caller_level_dbov: -18,
}
const pack = packTarget({ level: -17.6, files: 172, language: 'en-us' })

const findings = (more: Partial<Measures>, target = pack) =>
  verdict({ ...good, ...more }, target).findings

describe('a verdict', () => {
  it('finds nothing wrong with a prompt like the others', () => {
    expect(verdict(good, pack)).toEqual({ target: pack, ok: true, findings: [] })
  })

  it('says how far the level is off, and what gain repairs it', () => {
    expect(findings({ active_level_dbov: -11.2 })).toEqual([
      { check: 'level', severity: 'warning', message: '6.4 dB too hot', gain_db: -6.4 },
    ])
    expect(findings({ active_level_dbov: -20, true_peak_dbtp: -9 })).toEqual([
      { check: 'level', severity: 'warning', message: '2.4 dB too quiet', gain_db: 2.4 },
    ])
  })

  it('proposes no gain that breaks the ceiling', () => {
    expect(findings({ active_level_dbov: -24, true_peak_dbtp: -5 })).toEqual([
      {
        check: 'level',
        severity: 'warning',
        message: '6.4 dB too quiet; its peaks leave room for 2.0 dB',
        gain_db: 2,
      },
    ])
  })

  it('tolerates what the target tolerates', () => {
    expect(findings({ active_level_dbov: -19.6 })).toEqual([])
    const [rfc, itu, web] = standardTargets
    expect(findings({}, rfc)).toEqual([])
    expect(findings({}, itu)).toMatchObject([{ message: '8.4 dB too hot' }])
    expect(findings({}, web)).toMatchObject([{ message: '2.0 dB too quiet', gain_db: 2 }])
    expect(findings({ loudness_lufs: null }, web)).toMatchObject([{ message: '1.6 dB too quiet' }])
  })

  it.each([
    [
      { true_peak_dbtp: -0.5 },
      'peak',
      'warning',
      'Peaks at −0.5 dBTP, 2.5 dB over the ceiling of −3.0',
    ],
    [
      { clipping: [{ from: 12_000, frames: 4, channel: 0 }], clipping_runs: 1 },
      'clipping',
      'error',
      'Clipped at one place: 4 samples at full scale at 1.500 s',
    ],
    [
      { dc_offset: -0.012 },
      'dc_offset',
      'warning',
      'Shifted by −1.2 % of full scale: a high-pass takes it off',
    ],
    [
      { head_silence_ms: 0 },
      'head_silence',
      'info',
      '0 ms of silence before the first sound; 50 to 150 ms are usual',
    ],
    [
      { tail_silence_ms: 330 },
      'tail_silence',
      'warning',
      '330 ms of silence behind the last sound; 100 to 300 ms are usual',
    ],
    [
      { noise_floor_dbov: -45 },
      'noise_floor',
      'warning',
      'Noise at −45.0 dBov, only 27.4 dB below the speech',
    ],
    [{ bandwidth_hz: 2100 }, 'bandwidth', 'warning', 'Muffled: there is nothing above 2.1 kHz'],
    [
      { sample_rate_hz: 6000 },
      'bandwidth',
      'warning',
      'Sampled at 6 kHz: duller than a telephone line',
    ],
    [
      { sample_rate_hz: 48_000, bandwidth_hz: 7812 },
      'bandwidth',
      'info',
      'Reaches up to 7.8 kHz: callers hear nothing above 3.4 kHz',
    ],
  ] as const)('of %o is about %s', (more, check, severity, message) => {
    const found = findings(more as Partial<Measures>)
    expect(found).toMatchObject([{ check, severity, message }])
    expect(verdict({ ...good, ...(more as Partial<Measures>) }, pack).ok).toBe(severity === 'info')
  })

  it('says only one thing of silence, and the worst first of the others', () => {
    expect(findings({ active_level_dbov: null, rms_dbov: null, tail_silence_ms: 3000 })).toEqual([
      { check: 'silent', severity: 'error', message: 'There is nothing to hear' },
    ])
    expect(findings({ active_level_dbov: null, channels: 2 })).toMatchObject([
      { message: 'The channels cancel each other out: a caller hears nothing' },
    ])
    const clipping = [{ from: 0, frames: 3, channel: 0 }]
    const all = findings({ active_level_dbov: -11, head_silence_ms: 0, clipping, clipping_runs: 2 })
    expect(all.map(({ severity }) => severity)).toEqual(['error', 'warning', 'info'])
  })
})

describe('the gain for a level', () => {
  it('reaches it by every metric', () => {
    const gain = (metric: 'peak' | 'loudness' | 'active_level', level: number) =>
      gainFor(good, { metric, level })
    expect(gain('peak', -1)).toEqual({ gainDb: 5.1, metric: 'peak', missingDb: 0 })
    expect(gain('loudness', -16)).toEqual({ gainDb: 2, metric: 'loudness', missingDb: 0 })
    expect(gain('active_level', -26)).toEqual({
      gainDb: -8.4,
      metric: 'active_level',
      missingDb: 0,
    })
  })

  it('stops at the ceiling, and brings down what is above it', () => {
    const wanted = { metric: 'active_level', level: -10, ceiling: -3 } as const
    expect(gainFor(good, wanted)).toEqual({ gainDb: 3, metric: 'active_level', missingDb: 4.6 })
    const hot = { ...good, true_peak_dbtp: 0.555 }
    expect(gainFor(hot, { ...wanted, level: -17.6 })?.gainDb).toBe(-3.56)
  })

  it('goes by the speech level where there is no loudness, and is nothing for silence', () => {
    const short = { ...good, loudness_lufs: null }
    expect(gainFor(short, { metric: 'loudness', level: -16 })).toMatchObject({
      metric: 'active_level',
    })
    expect(
      gainFor({ ...short, active_level_dbov: null }, { metric: 'loudness', level: -16 }),
    ).toBeUndefined()
  })
})
