import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { curves, type EditList } from '#contract/edit-list'
import { apply } from '#sound/edit-list/apply'
import { EditError } from '#sound/edit-list/edit-error'
import { framesOf } from '#sound/edit-list/edit-list'
import { createRandom, type Random } from '../../test/random.ts'
import { createRenderBench, type RenderBench } from '../../test/render-bench.ts'
import { createSoxEdits, type SoxEdits } from '../../test/sox-edits.ts'

let bench: RenderBench
beforeEach(async () => {
  bench = await createRenderBench()
})
afterEach(() => bench.dispose())

type SampleEdit = Parameters<SoxEdits['apply']>[1]
type File = Awaited<ReturnType<SoxEdits['source']>>

const kinds = ['delete', 'trim', 'silence', 'fade', 'gain', 'reverse', 'crossfade'] as const

const edit = (random: Random, frames: number): SampleEdit => {
  const from = random.integer(0, frames - 2)
  const range = { from, to: random.integer(from + 1, frames) }
  const curve = random.pick(curves)
  const kind = random.pick(kinds)
  if (kind === 'trim')
    return { kind, from: Math.floor(from / 8), to: Math.max(range.to, frames - 200) }
  if (kind === 'delete') return { kind, from, to: Math.min(range.to, from + 300) }
  if (kind === 'fade') return { kind, ...range, curve, direction: random.pick(['in', 'out']) }
  if (kind === 'gain') return { kind, ...range, gain_db: random.next() * 24 - 12 }
  if (kind === 'crossfade')
    return { kind, at: random.integer(1, frames - 1), frames: random.integer(1, 60), curve }
  return { kind, ...range }
}

/** The same edits of the same samples, by us and by one run of sox after the other. */
const edited = async (random: Random, sox: SoxEdits, list: EditList, file: File) => {
  let both = { list, file }
  for (let step = 0; step < 8; step += 1) {
    const frames = framesOf(both.list)
    if (frames < 300) break
    const operation = edit(random, frames)
    try {
      const next = apply(both.list, operation)
      both = { list: next, file: await sox.apply(both.file, operation) }
    } catch (error) {
      if (!(error instanceof EditError)) throw error
    }
  }
  return both
}

it.each([1, 2, 3, 4, 5, 6])(
  'renders random edits as sox makes them, sample by sample (%i)',
  { timeout: 30_000 },
  async (seed) => {
    const random = createRandom(seed)
    const channels = random.pick([1, 2, 3])
    const sampleRateHz = random.pick([8000, 44_100])
    // Longer than a block, so that blocks have to fit to each other.
    const frames = random.integer(70_000, 140_000)
    const start = await bench.list(frames, () => random.next() * 2 - 1, { channels, sampleRateHz })
    const [source = ''] = Object.keys(start.sources)
    const { path: raw } = await bench.pcm(source)
    const sox = await createSoxEdits({ sample_rate_hz: sampleRateHz, channels })
    const samples = await bench.hear(
      raw,
      ...['-t', 'raw', '-e', 'signed', '-b', '16'],
      ...['-r', String(sampleRateHz), '-c', String(channels)],
    )
    const file = await sox.source(Int16Array.from(samples.samples, (sample) => sample >> 16))

    const both = await edited(random, sox, start, file)
    const all = framesOf(both.list)
    const from = random.integer(0, Math.floor(all / 3))
    const to = random.integer(Math.floor(all / 2), all)
    const path = bench.path('edited.wav')
    const rendered = await bench.rendering.render({ list: both.list, from, to, path })
    const expected = await sox.samples(await sox.part(both.file, { from, to }))
    const heard = await bench.hear(path)
    await sox.dispose()

    expect(rendered.frames).toBe(to - from)
    expect(heard).toMatchObject({ frames: to - from, channels, sampleRateHz })
    const hash = (values: Int32Array) => createHash('sha256').update(values).digest('hex')
    expect(hash(heard.samples)).toBe(hash(expected))
  },
)

it.each([16, 24, 32] as const)('mixes sources of %i bits', async (bits) => {
  const random = createRandom(bits)
  const one = await bench.list(1000, () => random.next() * 2 - 1, { bits, channels: 2 })
  const other = await bench.list(900, () => random.next() * 2 - 1, { channels: 2 })
  const list = {
    ...one,
    sources: { ...one.sources, ...other.sources },
    spans: [...one.spans, { frames: 10, layers: [] }, ...other.spans],
  }
  const heardAlone = async (alone: EditList) => {
    const path = bench.path('alone.wav')
    await bench.rendering.render({ list: alone, path })
    return (await bench.hear(path)).samples
  }

  const all = await heardAlone(list)

  const parts = [await heardAlone(one), new Int32Array(20), await heardAlone(other)]
  expect([...all]).toEqual(parts.flatMap((part) => [...part]))
})
