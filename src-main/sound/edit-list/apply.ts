import type { Curve, EditList, Marker, Operation, Span, Stage } from '#contract/edit-list'
import { checkSpans, requireLength, requireRoom } from './check.ts'
import {
  framesOf,
  requireFrame,
  requireRange,
  slice,
  spanAt,
  startsOf,
  type Range,
} from './edit-list.ts'
import { EditError } from './edit-error.ts'
import {
  addMarker,
  changeMarker,
  giveWay,
  keep,
  overlap,
  removeMarker,
  stretch,
  turn,
} from './markers.ts'
import { addStage, cutSpan, joined, mixSpans, turnSpan } from './span.ts'

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>

/** Neighbours that continue each other become one, so that splitting does not grow a list for ever. */
const joinAll = (spans: readonly Span[]): Span[] => {
  const result: Span[] = []
  for (const span of spans) {
    const last = result.at(-1)
    const both = last && joined(last, span)
    if (both) result[result.length - 1] = both
    else result.push(span)
  }
  return result
}

const changed = (list: EditList, spans: Span[], markers: Marker[]): EditList => {
  requireLength(spans, 'kind')
  return { ...list, spans, markers }
}

/** Spans with [from, to) given way to others. All outside of it and its two neighbours stay. */
const splice = (list: EditList, { from, to }: Range, middle: readonly Span[]): Span[] => {
  const { spans } = list
  const starts = startsOf(spans)
  // The neighbours: what ends at `from` and begins at `to`.
  const left = from > 0 ? spanAt(list, from - 1) : 0
  const right = spanAt(list, to)
  const before = from > 0 ? slice(list, starts[left] ?? 0, from) : []
  const behind = right < spans.length ? slice(list, to, starts[right + 1] ?? to) : []
  return spans
    .slice(0, left)
    .concat(joinAll([...before, ...middle, ...behind]), spans.slice(right + 1))
}

const silent = (frames: number): Span[] => (frames > 0 ? [{ frames, layers: [] }] : [])

const trim = (list: EditList, { from, to }: Range): EditList =>
  changed(list, slice(list, from, to), keep(list.markers, { from, to }))

const addSources = (
  known: EditList['sources'],
  added: EditList['sources'],
  path: string,
): EditList['sources'] => {
  const fresh = Object.entries(added).filter(([source, { frames }]) => {
    const length = known[source]?.frames
    if (length !== undefined && length !== frames)
      throw new EditError(path, 'enum', {
        message: `The list knows this source with ${length} frames`,
        target: [length],
        value: frames,
      })
    return length === undefined
  })
  return fresh.length > 0 ? { ...known, ...Object.fromEntries(fresh) } : known
}

const paste = (list: EditList, { clip, ...range }: Of<'paste'>): EditList => {
  requireRange(list, range, true)
  for (const name of ['sample_rate_hz', 'channels'] as const)
    if (clip[name] !== list[name])
      throw new EditError(`clip.${name}`, 'enum', {
        message: 'The clip has another rate or other channels than the audio it is pasted into',
        target: [list[name]],
        value: clip[name],
      })
  checkSpans(clip, 'clip.')
  const sources = addSources(list.sources, clip.sources, 'clip.sources')
  const markers = giveWay(list.markers, range, framesOf(clip))
  return changed({ ...list, sources }, splice(list, range, clip.spans), markers)
}

/** Gives each span of a range a stage; `at` is where the span begins within the range. */
const addStages = (list: EditList, range: Range, stage: (at: number) => Stage): EditList => {
  let at = 0
  const middle = slice(list, range.from, range.to).map((span) => {
    const staged = addStage(span, stage(at))
    requireRoom(staged)
    at += span.frames
    return staged
  })
  return changed(list, splice(list, range, middle), list.markers)
}

type Fade = { direction: 'in' | 'out'; curve: Curve; length: number }

const ramp = ({ direction, curve, length }: Fade, at: number): Stage => ({
  kind: 'ramp',
  curve,
  length,
  ...(direction === 'in' ? { from: at, step: 1 } : { from: length - at, step: -1 }),
})

const gain = (list: EditList, { from, to, gain_db }: Of<'gain' | 'normalise'>): EditList =>
  gain_db === 0 ? list : addStages(list, { from, to }, () => ({ kind: 'gain', gain_db }))

const reverse = (list: EditList, range: Range): EditList => {
  const middle = slice(list, range.from, range.to).map(turnSpan).reverse()
  return changed(list, splice(list, range, middle), turn(list.markers, range))
}

type Pair = { falling: Span; rising: Span; at: number }

/** Two rows of spans of the same length, both cut where either has a seam. */
const inStep = (before: readonly Span[], behind: readonly Span[]): Pair[] => {
  const pairs: Pair[] = []
  const rest = behind.values()
  let right = rest.next().value
  let rightUsed = 0
  let at = 0
  for (const left of before)
    for (let leftUsed = 0; right && leftUsed < left.frames;) {
      const frames = Math.min(left.frames - leftUsed, right.frames - rightUsed)
      const falling = cutSpan(left, leftUsed, leftUsed + frames)
      pairs.push({ falling, rising: cutSpan(right, rightUsed, rightUsed + frames), at })
      at += frames
      leftUsed += frames
      rightUsed += frames
      if (rightUsed < right.frames) continue
      right = rest.next().value
      rightUsed = 0
    }
  return pairs
}

const requireOverlap = (list: EditList, { at, frames }: Of<'crossfade'>) => {
  requireFrame(list, at, 'at')
  const most = Math.min(at, framesOf(list) - at)
  if (most === 0)
    throw new EditError('at', 'range', {
      message: 'There must be audio on both sides of a crossfade',
    })
  if (frames > most)
    throw new EditError('frames', 'maximum', {
      message: `Overlapping fades longer than the span: on one side there are only ${most} frames`,
      target: most,
    })
}

const crossfade = (list: EditList, operation: Of<'crossfade'>): EditList => {
  requireOverlap(list, operation)
  const { at, frames: length, curve } = operation
  const before = slice(list, at - length, at)
  const behind = slice(list, at, at + length)
  const middle = inStep(before, behind).map(({ falling, rising, at: from }) => {
    const mixed = mixSpans(
      addStage(falling, ramp({ direction: 'out', curve, length }, from)),
      addStage(rising, ramp({ direction: 'in', curve, length }, from)),
    )
    requireRoom(mixed)
    return mixed
  })
  const spans = splice(list, { from: at - length, to: at + length }, middle)
  return changed(list, spans, overlap(list.markers, at, length))
}

const replace = (list: EditList, { source, frames, ...range }: Of<'replace'>): EditList => {
  requireRange(list, range, frames > 0)
  const added = frames > 0 ? { [source]: { frames } } : {}
  const sources = addSources(list.sources, added, 'frames')
  const middle = frames > 0 ? [{ frames, layers: [{ source, in: 0 }] }] : []
  const markers = stretch(list.markers, range, frames)
  return changed({ ...list, sources }, splice(list, range, middle), markers)
}

const convert = (list: EditList, operation: Of<'convert'>): EditList => {
  const { sample_rate_hz, channels, source, frames } = operation
  const before = framesOf(list)
  if (before === 0)
    throw new EditError('kind', 'range', { message: 'There is no audio to be converted' })
  return {
    sample_rate_hz,
    channels,
    sources: { [source]: { frames } },
    spans: [{ frames, layers: [{ source, in: 0 }] }],
    markers: stretch(list.markers, { from: 0, to: before }, frames),
  }
}

const insertSilence = (list: EditList, { at, frames }: Of<'insert_silence'>): EditList => {
  requireFrame(list, at, 'at')
  const range = { from: at, to: at }
  return changed(list, splice(list, range, silent(frames)), giveWay(list.markers, range, frames))
}

const remove = (list: EditList, range: Range): EditList =>
  changed(list, splice(list, range, []), giveWay(list.markers, range, 0))

const fade = (list: EditList, { from, to, direction, curve }: Of<'fade'>): EditList =>
  addStages(list, { from, to }, (at) => ramp({ direction, curve, length: to - from }, at))

const silence = (list: EditList, range: Range): EditList =>
  changed(list, splice(list, range, silent(range.to - range.from)), list.markers)

type Change<O> = (list: EditList, operation: O) => EditList

const onRange =
  <O extends Range>(change: Change<O>): Change<O> =>
  (list, operation) => {
    requireRange(list, operation)
    return change(list, operation)
  }

const changes: { [K in Operation['kind']]: Change<Of<K>> } = {
  cut: onRange(remove),
  delete: onRange(remove),
  trim: onRange(trim),
  paste,
  insert_silence: insertSilence,
  silence: onRange(silence),
  fade: onRange(fade),
  gain: onRange(gain),
  normalise: onRange(gain),
  reverse: onRange(reverse),
  crossfade,
  replace,
  convert,
  add_marker: (list, { marker }) => addMarker(list, marker),
  change_marker: (list, { marker }) => changeMarker(list, marker),
  remove_marker: (list, { id }) => removeMarker(list, id),
}

/**
 * The list after an operation. The given one is never changed, and untouched spans are shared with it.
 * Throws EditError when the operation cannot be done to it.
 */
export const apply = (list: EditList, operation: Operation): EditList => {
  const change = changes[operation.kind] as Change<Operation>
  return change(list, operation)
}
