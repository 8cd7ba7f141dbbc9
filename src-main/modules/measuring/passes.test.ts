import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apply } from '#sound/edit-list/apply'
import { listOf } from '#sound/edit-list/edit-list'
import { joined, nothing, speechLike, stored as samplesOf } from '../../test/signals.ts'
import { findTakes, measureList, measureStored } from './passes.ts'
import type { Stored } from './stored.ts'

const source = 'a'.repeat(64)
const rate = 8000
const speech = speechLike({ rate, seconds: 20, rmsDb: -20 })
const session = joined(speech.subarray(0, 2 * rate), nothing(rate, 2), speech.subarray(0, 2 * rate))

let folder: string
const written = async (name: string, samples: Int16Array | Int32Array, width: 2 | 4) => {
  const path = join(folder, name)
  await writeFile(path, Buffer.concat([Buffer.alloc(44), new Uint8Array(samples.buffer)]))
  const format = { coding: { tag: 1, width }, dataStart: 44, sampleRateHz: rate, channels: 2 }
  return { ...format, path, frames: samples.length / 2 } satisfies Stored
}
let stored: Stored
let wide: Stored
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passes-'))
  stored = await written('16', samplesOf(16, speech, speech), 2)
  wide = await written('32', samplesOf(32, speech, speech), 4)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const encoding = 'linear'
const list = listOf(source, speech.length, { sample_rate_hz: rate, channels: 2 })
const ofList = (edited: typeof list, range: { from: number; to: number }) =>
  measureList({
    ...{ list: edited, ...range, encoding },
    sources: new Map([[source, { ...stored, bits: 16 }]]),
  })

describe('one pass', () => {
  it('measures a file block by block', async () => {
    const measures = await measureStored({ stored, encoding })
    expect(measures).toMatchObject({ frames: speech.length, channels: 2 })
    const finer = await measureStored({ stored: wide, encoding })
    expect(finer.active_level_dbov).toBeCloseTo(measures.active_level_dbov ?? 0, 1)
  })

  it('measures a list as the file that it will become', async () => {
    const all = { from: 0, to: speech.length }
    const whole = await measureStored({ stored, encoding })
    expect(await ofList(list, all)).toEqual(whole)
    const softer = await ofList(apply(list, { kind: 'gain', ...all, gain_db: -6 }), all)
    const off = (whole.active_level_dbov ?? 0) - (softer.active_level_dbov ?? 0)
    expect(Math.abs(off - 6)).toBeLessThan(0.2)
    expect((whole.peak_dbfs ?? 0) - (softer.peak_dbfs ?? 0)).toBeCloseTo(6, 1)
  })

  it('measures a part of a list, and nothing of it', async () => {
    const [from, to] = [7000, 150_001]
    const part = await ofList(list, { from, to })
    const cut = apply(list, { kind: 'trim', from, to })
    expect(part).toEqual(await ofList(cut, { from: 0, to: to - from }))
    expect(await ofList(list, { from: 5, to: 5 })).toMatchObject({ frames: 0, rms_dbov: null })
  })

  it('finds the takes of a session', async () => {
    const options = {
      threshold_dbfs: -45,
      silence_ms: 1000,
      least_take_ms: 200,
      head_ms: 0,
      tail_ms: 0,
    }
    const file = await written('session', samplesOf(16, session, session), 2)
    const takes = await findTakes({ stored: file, options })
    expect(takes).toHaveLength(2)
    const [first, second] = takes
    expect((second?.from ?? 0) - (first?.from ?? 0)).toBe(4 * rate)
  })

  it('says when a file has become shorter', async () => {
    const long = { ...stored, frames: stored.frames + 1 }
    await expect(measureStored({ stored: long, encoding })).rejects.toThrow(
      'is shorter than it was',
    )
  })
})
