import { describe, expect, it } from 'vitest'
import { joined, noise, sine, stored } from '../../test/signals.ts'
import { createTakeFinder } from './takes.ts'

const rate = 8000
const options = {
  threshold_dbfs: -45,
  silence_ms: 700,
  least_take_ms: 200,
  head_ms: 100,
  tail_ms: 200,
}

const room = (seconds: number) => noise({ rate, seconds, rmsDb: -60 })
const said = (seconds: number, peakDb = -12) => sine({ hz: 440, rate, seconds, peakDb })

const find = (samples: Float64Array, more: Partial<typeof options> = {}, cut = 3000) => {
  const finder = createTakeFinder({ sampleRateHz: rate, channels: 1 }, { ...options, ...more })
  const block = stored(16, samples)
  for (let from = 0; from < block.length; from += cut) finder.push(block.subarray(from, from + cut))
  return finder.finish()
}
const times = (takes: ReturnType<typeof find>) =>
  takes.map(({ from, to }) => [from, to].map((frame) => Math.round((frame * 100) / rate) / 100))

describe('takes', () => {
  it('lie between long silences, with room at both ends', () => {
    const session = joined(room(1), said(1), room(0.4), said(0.5), room(1), said(2, -6), room(1))
    const takes = find(session)
    expect(times(takes)).toEqual([
      [0.9, 3.1],
      [3.8, 6.1],
    ])
    expect(takes.map(({ number }) => number)).toEqual([1, 2])
    expect(takes.map(({ peak_dbfs: peak }) => Math.round(peak))).toEqual([-12, -6])
    for (const cut of [1, 17, 100_000]) expect(find(session, {}, cut)).toEqual(takes)
  })

  it('never overlap nor leave the recording', () => {
    const session = joined(said(0.5), room(0.8), said(0.5))
    expect(times(find(session, { head_ms: 5000, tail_ms: 5000 }))).toEqual([
      [0, 0.9],
      [0.9, 1.8],
    ])
  })

  it('leave out clicks', () => {
    expect(find(joined(room(1), said(0.05), room(1), said(0.5), room(1)))).toHaveLength(1)
    expect(find(room(3))).toEqual([])
    expect(find(new Float64Array(0))).toEqual([])
  })
})
