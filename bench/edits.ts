// Every operation on lists of 1,000 and of nearly 100,000 spans (more are refused), undo, a picture of the list and an hour of
// mixing, against the floor of copying the same samples. Milliseconds: median and worst.
import { curves, type EditList, type Operation, type Span } from '../src-main/contract/edit-list.ts'
import { apply } from '../src-main/sound/edit-list/apply.ts'
import { copy, framesOf } from '../src-main/sound/edit-list/edit-list.ts'
import { historyOf, moveTo, push } from '../src-main/sound/edit-list/history.ts'
import { mixInto, plan } from '../src-main/sound/edit-list/mix.ts'
import { bucketsPerTile, composePeaks, createColumns } from '../src-main/sound/edit-list/peaks.ts'

const channels = 2
const spanFrames = 4000
const source = (index: number) => String(index).padStart(64, '0')
const sourceFrames = 500_000_000

/** Every third span has a gain, every seventh a fade, every eleventh is a crossfade. */
const span = (index: number): Span => {
  const at = (index * 7919 * spanFrames) % (sourceFrames - spanFrames)
  const layer = { source: source(index % 10), in: at }
  const gain = { kind: 'gain', gain_db: -3 } as const
  const fade = (step: 1 | -1) =>
    ({
      kind: 'ramp',
      curve: curves[index % 3] ?? 'linear',
      from: step > 0 ? 0 : spanFrames,
      step,
      length: spanFrames,
    }) as const
  if (index % 11 === 0)
    return {
      frames: spanFrames,
      layers: [
        { ...layer, stages: [fade(-1)] },
        { ...layer, source: source(0), stages: [fade(1)] },
      ],
    }
  const stages = [...(index % 3 === 0 ? [gain] : []), ...(index % 7 === 0 ? [fade(1)] : [])]
  return { frames: spanFrames, layers: [stages.length > 0 ? { ...layer, stages } : layer] }
}

const listOf = (spans: number): EditList => ({
  sample_rate_hz: 44_100,
  channels,
  sources: Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [source(index), { frames: sourceFrames }]),
  ),
  spans: Array.from({ length: spans }, (_, index) => span(index)),
  markers: Array.from({ length: 100 }, (_, index) => ({
    id: `m${index}`,
    at: index * Math.floor((spans * spanFrames) / 100),
    label: 'Marker',
  })),
})

const measure = (what: string, times: number, run: (turn: number) => unknown) => {
  for (let turn = 0; turn < Math.min(times, 30); turn += 1) run(turn)
  const taken = Array.from({ length: times }, (_, turn) => {
    const start = performance.now()
    run(turn)
    return performance.now() - start
  }).sort((a, b) => a - b)
  const median = taken[times >> 1] ?? 0
  console.log(
    `${what.padEnd(44)} median ${median.toFixed(3).padStart(8)} ms  worst ${(taken.at(-1) ?? 0).toFixed(3).padStart(8)} ms`,
  )
  return median
}

const operations = (list: EditList): [string, (turn: number) => Operation][] => {
  const frames = framesOf(list)
  const clip = copy(list, 1000, 5 * spanFrames + 17)
  const rangeAt = (turn: number) => {
    const from = Math.floor(((turn * 0.618) % 1) * (frames - 50 * spanFrames)) + 1
    return { from, to: from + 20 * spanFrames + turn }
  }
  const whole = { from: 0, to: frames }
  const marker = (turn: number) => ({ id: 'new', at: rangeAt(turn).from, label: 'New' })
  return [
    ['cut', (turn) => ({ kind: 'cut', ...rangeAt(turn) })],
    ['delete', (turn) => ({ kind: 'delete', ...rangeAt(turn) })],
    ['trim', (turn) => ({ kind: 'trim', from: turn, to: frames - turn - 1 })],
    ['paste', (turn) => ({ kind: 'paste', from: turn * 999, to: turn * 999, clip })],
    ['insert_silence', (turn) => ({ kind: 'insert_silence', at: rangeAt(turn).from, frames: 800 })],
    ['silence', (turn) => ({ kind: 'silence', ...rangeAt(turn) })],
    ['fade', (turn) => ({ kind: 'fade', ...rangeAt(turn), direction: 'in', curve: 'sine' })],
    ['fade, all', () => ({ kind: 'fade', ...whole, direction: 'out', curve: 'linear' })],
    ['gain', (turn) => ({ kind: 'gain', ...rangeAt(turn), gain_db: -2 })],
    ['gain, all', () => ({ kind: 'gain', ...whole, gain_db: -2 })],
    [
      'normalise, all',
      () => ({ kind: 'normalise', ...whole, metric: 'peak', level: -3, gain_db: 2 }),
    ],
    ['reverse', (turn) => ({ kind: 'reverse', ...rangeAt(turn) })],
    ['reverse, all', () => ({ kind: 'reverse', ...whole })],
    [
      'crossfade',
      (turn) => ({
        kind: 'crossfade',
        at: rangeAt(turn).from + 9 * spanFrames,
        frames: 9000,
        curve: 'sine',
      }),
    ],
    [
      'crossfade, all',
      () => ({ kind: 'crossfade', at: frames / 2, frames: Math.floor(frames / 3), curve: 'sine' }),
    ],
    [
      'replace',
      (turn) => ({
        kind: 'replace',
        ...rangeAt(turn),
        source: 'f'.repeat(64),
        frames: 9000,
        label: 'x',
      }),
    ],
    [
      'convert',
      () => ({
        kind: 'convert',
        sample_rate_hz: 8000,
        channels: 1,
        source: 'f'.repeat(64),
        frames: 9000,
        label: 'x',
      }),
    ],
    ['add_marker', (turn) => ({ kind: 'add_marker', marker: marker(turn) })],
    ['change_marker', (turn) => ({ kind: 'change_marker', marker: { ...marker(turn), id: 'm5' } })],
    ['remove_marker', () => ({ kind: 'remove_marker', id: 'm5' })],
  ]
}

const measureEdits = (spans: number, times: number) => {
  const list = listOf(spans)
  for (const [name, operation] of operations(list))
    measure(`${spans} spans: ${name}`, times, (turn) => apply(list, operation(turn)))
  let history = historyOf(list)
  for (let turn = 0; turn < times; turn += 1)
    history = push(history, { operation: { kind: 'gain', from: turn, to: turn + 9, gain_db: 1 } })
  measure(`${spans} spans: undo and redo`, times, (turn) =>
    moveTo(moveTo(history, turn), history.steps.length),
  )
}

const measurePicture = (spans: number, share: number) => {
  const list = listOf(spans)
  const out = createColumns(1500, channels)
  const tile = Int16Array.from({ length: bucketsPerTile * channels * 4 }, (_, index) =>
    index % 4 === 0 ? -9000 : index % 4 === 3 ? 0 : 9000,
  )
  const framesPerColumn = Math.max(256, (framesOf(list) * share) / out.columns)
  const visible = Math.round((framesPerColumn * out.columns) / spanFrames)
  measure(`1,500 columns, ${channels} channels, ${visible} spans seen`, 300, (turn) =>
    composePeaks(out, { list, from: turn * 1.7, framesPerColumn, tileOf: () => tile }),
  )
}

const measureMixing = (what: string, list: EditList, bits: 16 | 32) => {
  const block = 65_536
  const audio = (length: number) => (bits === 16 ? new Int16Array(length) : new Int32Array(length))
  const out = audio(block * channels)
  const buffers = Array.from({ length: 200 }, () => audio(block * channels).fill(1234))
  const hour = 3600 * 44_100
  const blocks = Math.ceil(hour / block)
  const frames = framesOf(list)
  const start = performance.now()
  for (let index = 0; index < blocks; index += 1) {
    const from = (index * block) % (frames - block)
    const planned = plan(list, from, from + block)
    mixInto(
      out,
      planned,
      planned.reads.map((read, at) => (buffers[at] ?? out).subarray(0, read.frames * channels)),
    )
  }
  const ms = performance.now() - start
  console.log(`an hour of stereo, ${what}`.padEnd(44), `${ms.toFixed(0).padStart(8)} ms`)
}

const floor = () => {
  const from = new Int32Array(65_536 * channels)
  const to = new Int32Array(from.length)
  const start = performance.now()
  for (let index = 0; index < (3600 * 44_100) / 65_536; index += 1) to.set(from)
  const ms = performance.now() - start
  console.log('an hour of stereo, copied'.padEnd(44), `${ms.toFixed(0).padStart(8)} ms`)
}

measureEdits(1000, 300)
measureEdits(99_900, 20)
for (const share of [0.1, 1]) measurePicture(1000, share)
measurePicture(5000, 1)
floor()
const plain = listOf(1000)
const plainSpans = plain.spans.map((_, index) => ({
  frames: spanFrames,
  layers: [{ source: source(index % 10), in: index * 3 * spanFrames }],
}))
measureMixing('plain, 16 bits', { ...plain, spans: plainSpans }, 16)
measureMixing('plain, 32 bits', { ...plain, spans: plainSpans }, 32)
measureMixing('gains, fades, crossfades', plain, 32)
