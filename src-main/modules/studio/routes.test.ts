import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startMediaApp } from '../../test/media.ts'
import { tone } from '../../test/tone.ts'

let app: Awaited<ReturnType<typeof startMediaApp>>

beforeEach(async () => {
  app = await startMediaApp()
})
afterEach(() => app.dispose())

const wav = tone({ frequencyHz: 440, durationMs: 500 })

describe('peaks', () => {
  it('come in audiowaveform formats, of any media with sound', async () => {
    const id = await app.create({ name: 'Drawn' })
    await app.upload(id, wav)
    const dat = (await app.call('GET', `/studio/media/${id}/peaks?samples_per_pixel=256&bits=16`))
      .bytes
    expect([0, 4, 8, 12, 16].map((at) => dat.readInt32LE(at))).toEqual([1, 0, 8000, 256, 16])
    expect(dat.length).toBe(20 + 16 * 4)
    const json = JSON.parse(
      (
        await app.call('GET', `/studio/media/${id}/peaks?samples_per_pixel=256&bits=8&format=json`)
      ).bytes.toString(),
    )
    expect(json).toMatchObject({ bits: 8, length: 16, sample_rate: 8000, samples_per_pixel: 256 })
    expect(json.data[1]).toBe(Math.trunc(dat.readInt16LE(22) / 256))
  })

  it('are refused with a reason for what has none', async () => {
    const id = await app.create({ name: 'Text' })
    expect((await app.call('GET', `/studio/media/${id}/peaks`)).status).toBe(404)
    await app.upload(id, 'words')
    expect((await app.call('GET', `/studio/media/${id}/peaks`)).status).toBe(400)
    expect(
      (await app.call('GET', `/studio/media/${id}/peaks?samples_per_pixel=0`)).envelope.data,
    ).toHaveProperty('samples_per_pixel.minimum')
  })
})
