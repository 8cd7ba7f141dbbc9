import { describe, expect, it } from 'vitest'
import { A, B, fadeIn, gain, listWith, silent } from '../../test/edit-lists.ts'
import { composePeaks, createColumns, levelFor, topLevel, type TileOf } from './peaks.ts'

const frames = 4096
/** Bucket i of A reaches from −i·1000 to i·2000, with an rms of i·500; bucket 3 is clipped. */
const bucketOfA = (index: number) => [-index * 1000, index * 2000, index * 500, index === 3 ? 2 : 0]
const tiles: Record<string, number[][]> = {
  [A]: Array.from({ length: 16 }, (_, index) => bucketOfA(index)),
  [B]: Array.from({ length: 16 }, () => [-16_384, 16_384, 16_384, 0]),
}
const tileOf: TileOf = (source, level, tile) =>
  level === 0 && tile === 0 ? Int16Array.from(tiles[source]?.flat() ?? []) : undefined

const listOf = (...spans: Parameters<typeof listWith>[0]) => ({
  ...listWith(spans),
  sources: { [A]: { frames }, [B]: { frames } },
})
const layer = (source: string, from: number) => ({ source, in: from })
const span = (source: string, from: number, length: number) => ({
  frames: length,
  layers: [layer(source, from)],
})

const compose = (
  list: ReturnType<typeof listOf>,
  at: { from?: number; framesPerColumn?: number; columns: number; tileOf?: TileOf },
) => {
  const out = createColumns(at.columns, 1)
  // What was there before must not shine through.
  for (const values of [out.min, out.max, out.rms, out.clip, out.missing]) values.fill(9)
  composePeaks(out, {
    list,
    from: at.from ?? 0,
    framesPerColumn: at.framesPerColumn ?? 256,
    tileOf: at.tileOf ?? tileOf,
  })
  const scaled = (values: Float32Array) => [...values].map((value) => Math.round(value * 32_768))
  return {
    min: scaled(out.min),
    max: scaled(out.max),
    rms: scaled(out.rms),
    clip: [...out.clip],
    missing: [...out.missing],
  }
}

describe('a picture of a list', () => {
  it('is that of the buckets of its source', () => {
    expect(compose(listOf(span(A, 256, 1024)), { columns: 5 })).toEqual({
      min: [-1000, -2000, -3000, -4000, 0],
      max: [2000, 4000, 6000, 8000, 0],
      rms: [500, 1000, 1500, 2000, 0],
      clip: [0, 0, 1, 0, 0],
      missing: [0, 0, 0, 0, 0],
    })
  })

  it('takes the extremes and the mean power of all buckets in a column, from a fraction of a frame', () => {
    const { min, max, rms } = compose(listOf(span(A, 0, frames)), {
      from: 511.5,
      framesPerColumn: 512.5,
      columns: 2,
    })

    expect(min).toEqual([-3000, -5000])
    expect(max).toEqual([6000, 10_000])
    const [first = 0] = rms
    expect(first).toBeCloseTo(Math.sqrt((500 ** 2 + 256 * 1000 ** 2 + 256 * 1500 ** 2) / 513), -1)
  })

  it('reads powers as unsigned: that of the loudest square is full scale', () => {
    const square: TileOf = () => Int16Array.of(-32_768, 32_767, 32_768, 9)

    expect(compose(listOf(span(A, 0, 256)), { columns: 1, tileOf: square }).rms).toEqual([32_768])
  })

  it('turns with what is reversed', () => {
    const reversed = listOf({
      frames: 1024,
      layers: [{ ...layer(A, 256), reversed: true as const }],
    })

    expect(compose(reversed, { columns: 4 }).max).toEqual([8000, 6000, 4000, 2000])
  })

  it('has gains and fades in it, taken at the middle of each bucket', () => {
    const stages = [gain(-6), fadeIn(1024)]
    const faded = listOf({ frames: 1024, layers: [{ ...layer(B, 0), stages }] })
    const turned = listOf({
      frames: 1024,
      layers: [{ ...layer(B, 0), reversed: true as const, stages }],
    })
    const expected = [128, 384, 640, 896].map((at) =>
      Math.round(16_384 * 10 ** (-6 / 20) * (at / 1024)),
    )

    const { min, max, rms } = compose(faded, { columns: 4 })

    expect(max).toEqual(expected)
    expect(min).toEqual(expected.map((value) => -value))
    expect(rms).toEqual(expected)
    for (const [index, value] of compose(turned, { columns: 4 }).max.entries())
      expect(Math.abs(value - (expected[index] ?? 0))).toBeLessThan(16)
  })

  it('is cut at full scale and marked as clipped where a gain goes beyond it', () => {
    const loud = listOf({ frames: 256, layers: [{ ...layer(B, 0), stages: [gain(12)] }] })

    expect(compose(loud, { columns: 1 })).toMatchObject({
      max: [32_768],
      min: [-32_768],
      clip: [1],
    })
  })

  it('adds the bounds and the powers of what is heard at once', () => {
    const both = listOf({ frames: 256, layers: [layer(A, 1024), layer(B, 0)] })
    const within = listOf({
      frames: 256,
      layers: [{ layers: [layer(A, 1024), layer(B, 0)], stages: [gain(-20)] }],
    })

    expect(compose(both, { columns: 1 })).toMatchObject({
      min: [-20_384],
      max: [24_384],
      rms: [Math.round(Math.hypot(2000, 16_384))],
    })
    expect(compose(within, { columns: 1 })).toMatchObject({ min: [-2038], max: [2438] })
  })

  it('has silence in it, and nothing before and behind the list', () => {
    const { max, rms, missing } = compose(listOf(silent(256), span(B, 0, 128), silent(128)), {
      from: -256,
      columns: 4,
    })

    expect(max).toEqual([0, 0, 16_384, 0])
    expect(rms).toEqual([0, 0, Math.round(16_384 / Math.SQRT2), 0])
    expect(missing).toEqual([0, 0, 0, 0])
  })

  it('marks columns of which a bucket is missing and shows what is there', () => {
    const short: TileOf = (source, level, tile) => tileOf(source, level, tile)?.subarray(0, 8)
    const list = listOf(span(B, 0, 512), span(B, 0, 1024))

    expect(compose(list, { columns: 6, tileOf: short })).toMatchObject({
      max: [16_384, 16_384, 16_384, 16_384, 0, 0],
      missing: [0, 0, 0, 0, 1, 1],
    })
    const later = listOf(span(B, 512, 256), span(B, 0, 256))
    expect(compose(later, { columns: 2, tileOf: short }).missing).toEqual([1, 0])
  })
})

it('takes the level of which a column covers one to four buckets, and none above the top of a source', () => {
  expect([256, 1023, 1024, 4096, 100_000].map(levelFor)).toEqual([0, 0, 1, 2, 4])
  expect([1, 256, 257, 1024, 1025].map(topLevel)).toEqual([0, 0, 1, 1, 2])

  const asked = new Set<number>()
  const list = listOf(span(A, 0, frames), silent(10_000_000))
  compose(list, {
    columns: 3,
    framesPerColumn: 1_000_000,
    tileOf: (_, level) => {
      asked.add(level)
      return undefined
    },
  })
  expect([...asked]).toEqual([2])
})
