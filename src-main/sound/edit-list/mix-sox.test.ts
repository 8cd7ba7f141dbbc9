import { describe, expect, test } from 'vitest'
import type { Clip, EditList } from '#contract/edit-list'
import { curves } from '#contract/edit-list'
import { createRandom, type Random } from '../../test/random.ts'
import { createSoxEdits, type SoxEdits } from '../../test/sox-edits.ts'
import { apply } from './apply.ts'
import { checkList } from './check.ts'
import { EditError } from './edit-error.ts'
import { copy, framesOf, listOf } from './edit-list.ts'
import { mixInto, plan, type Samples } from './mix.ts'

type File = Awaited<ReturnType<SoxEdits['source']>>
type SampleEdit = Parameters<SoxEdits['apply']>[1]

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

/** Full scale noise, so that gains and crossfades clip, or a quiet ramp, where rounding shows. */
const noise = (random: Random, frames: number, channels: number): Int16Array => {
  const level = random.pick([1, 0.3, 0.001])
  return Int16Array.from({ length: frames * channels }, () =>
    Math.round((random.next() * 65_535 - 32_768) * level),
  )
}

const kinds = (
  'fade fade fade fade gain gain gain crossfade crossfade crossfade crossfade reverse reverse ' +
  'paste paste paste replace cut delete trim insert_silence silence normalise'
).split(' ') as SampleEdit['kind'][]

type World = {
  random: Random
  channels: number
  sox: SoxEdits
  sources: Map<string, Int16Array>
  clips: { clip: Clip; file: File }[]
}

const addSource = async ({ random, channels, sox, sources }: World, frames: number) => {
  const samples = noise(random, frames, channels)
  const id = String(sources.size).padStart(64, '0')
  sources.set(id, samples)
  return { id, file: await sox.source(samples) }
}

const mixed = (world: World, list: EditList, from = 0, to = framesOf(list)): Int32Array => {
  const planned = plan(list, from, to)
  const blocks = planned.reads.map(({ source, in: first, frames }): Samples => {
    const all = world.sources.get(source)!
    const block = all.subarray(first * world.channels, (first + frames) * world.channels)
    return world.random.next() < 0.5 ? block : Int32Array.from(block, (sample) => sample << 16)
  })
  const out = new Int32Array(planned.frames * world.channels)
  mixInto(out, planned, blocks)
  return out
}

/** At least one frame of so many, where there are any. */
const anyRange = (random: Random, frames: number) => {
  if (random.next() < 0.15) return { from: 0, to: frames }
  const from = random.integer(0, Math.max(0, frames - 1))
  return { from, to: random.integer(Math.min(from + 1, frames), frames) }
}

/** An operation that may be done to a list of so many frames, and what sox puts in its place. */
const anyOperation = async (
  world: World,
  frames: number,
): Promise<{ operation: SampleEdit; other?: File }> => {
  const { random } = world
  const kind = frames === 0 ? random.pick(['paste', 'insert_silence'] as const) : random.pick(kinds)
  const range = anyRange(random, frames)
  const at = random.integer(0, frames)
  const curve = random.pick(curves)
  switch (kind) {
    case 'fade':
      return { operation: { kind, ...range, curve, direction: random.pick(['in', 'out']) } }
    case 'gain':
      return { operation: { kind, ...range, gain_db: random.integer(-200, 120) / 10 } }
    case 'normalise':
      return {
        operation: { kind, ...range, metric: 'peak', level: -3, gain_db: random.next() * 9 },
      }
    case 'crossfade': {
      const most = Math.min(at, frames - at)
      return { operation: { kind, at, frames: random.integer(1, Math.max(1, most)), curve } }
    }
    case 'insert_silence':
      return { operation: { kind, at, frames: random.integer(1, 90) } }
    case 'paste': {
      const { clip, file } = random.pick(world.clips)
      const place = random.next() < 0.6 ? { from: at, to: at } : range
      return { operation: { kind, ...place, clip }, other: file }
    }
    case 'replace': {
      const { id, file } = await addSource(world, random.integer(1, 200))
      return {
        operation: { kind, ...range, source: id, frames: file.frames, label: 'x' },
        other: file,
      }
    }
    case 'trim': {
      const from = Math.min(range.from, Math.floor(frames / 4))
      return { operation: { kind, from, to: Math.max(range.to, frames - 200) } }
    }
    case 'cut':
    case 'delete': {
      const to = Math.min(range.to, range.from + random.pick([20, 300, 300, 9999]))
      return { operation: { kind, from: range.from, to } }
    }
    case 'silence':
    case 'reverse':
      return { operation: { kind, ...range } }
  }
}

const formats = [
  { sample_rate_hz: 8000, channels: 1 },
  { sample_rate_hz: 8000, channels: 2 },
  { sample_rate_hz: 44_100, channels: 1 },
  { sample_rate_hz: 44_100, channels: 2 },
]

/** The first sample that differs, in words; comparing arrays with `expect` takes seconds. */
const difference = (ours: Int32Array, sox: Int32Array): string => {
  if (ours.length !== sox.length) return `${ours.length} samples instead of ${sox.length}`
  const at = ours.findIndex((sample, index) => sample !== sox[index])
  return at < 0 ? 'none' : `sample ${at} is ${ours[at]!} instead of ${sox[at]!}`
}

const operationsPerList = 16

describe('every sample of a random edit list is what sox makes of it, operation by operation', () => {
  const cases = formats.flatMap((format) => [1, 2, 3, 4, 5, 6].map((seed) => ({ ...format, seed })))
  test.each(cases)(
    '$sample_rate_hz Hz, $channels ch, seed $seed',
    { timeout: 120_000 },
    async (at) => {
      const { seed, ...format } = at
      const sox = await createSoxEdits(format)
      const random = createRandom(seed * 1000 + format.channels * 100 + format.sample_rate_hz)
      const world: World = { random, channels: format.channels, sox, sources: new Map(), clips: [] }
      try {
        const { id, file: first } = await addSource(world, random.integer(400, 1500))
        let file = first
        let list = frozen(listOf(id, first.frames, format))
        world.clips.push({
          clip: copy(list, 50, 300),
          file: await sox.part(first, { from: 50, to: 300 }),
        })
        for (let step = 0; step < operationsPerList; step += 1) {
          const { operation, other } = await anyOperation(world, framesOf(list))
          const where = `seed ${seed}, step ${step}: ${JSON.stringify(operation)}`
          try {
            list = frozen(apply(list, operation))
          } catch (error) {
            if (error instanceof EditError && error.rule === 'maxItems') continue
            if (operation.kind === 'crossfade' && error instanceof EditError) continue
            throw new Error(where, { cause: error })
          }
          file = await sox.apply(file, operation, other)
          const expected = await sox.samples(file)
          expect(difference(mixed(world, list), expected), where).toBe('none')
          checkList(list)
          const [from, to] = [random.integer(0, file.frames), random.integer(0, file.frames)].sort(
            (a, b) => a - b,
          ) as [number, number]
          const part = expected.subarray(from * format.channels, to * format.channels)
          expect(difference(mixed(world, list, from, to), part), `${where}, part`).toBe('none')
          if (to > from && to - from < 600 && random.next() < 0.4)
            world.clips.push({
              clip: frozen(copy(list, from, to)),
              file: await sox.part(file, { from, to }),
            })
        }
      } finally {
        await sox.dispose()
      }
    },
  )
})
