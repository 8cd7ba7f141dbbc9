import type { Clip, EditList, Layer, Span } from '#contract/edit-list'
import { EditError } from './edit-error.ts'
import { cutSpan, isMix } from './span.ts'

export type Format = Pick<EditList, 'sample_rate_hz' | 'channels'>

export const emptyList = ({ sample_rate_hz, channels }: Format): EditList => ({
  sample_rate_hz,
  channels,
  sources: {},
  spans: [],
  markers: [],
})

/** All of one source. */
export const listOf = (source: string, frames: number, format: Format): EditList => ({
  ...emptyList(format),
  sources: { [source]: { frames } },
  spans: frames > 0 ? [{ frames, layers: [{ source, in: 0 }] }] : [],
})

const known = new WeakMap<readonly Span[], Float64Array>()

/** Where each span begins, and behind the last of them the end. Kept as long as the spans are. */
export const startsOf = (spans: readonly Span[]): Float64Array => {
  const before = known.get(spans)
  if (before) return before
  const made = new Float64Array(spans.length + 1)
  let at = 0
  let index = 0
  for (const { frames } of spans) {
    at += frames
    index += 1
    made[index] = at
  }
  known.set(spans, made)
  return made
}

export const framesOf = ({ spans }: Pick<EditList, 'spans'>): number =>
  startsOf(spans)[spans.length] ?? 0

/** Index of the span that holds a frame; their number for the end of the list. */
export const spanAt = ({ spans }: Pick<EditList, 'spans'>, frame: number): number => {
  const at = startsOf(spans)
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((at[middle + 1] ?? 0) <= frame) low = middle + 1
    else high = middle
  }
  return low
}

const wrong = (path: string, rule: string, target: number, message: string): EditError =>
  new EditError(path, rule, { message, target })

const many = (frames: number): string => `${frames} ${frames === 1 ? 'frame' : 'frames'}`

/** Throws EditError unless `frame` is a position of the list, its end included. */
export const requireFrame = (list: Pick<EditList, 'spans'>, frame: number, path: string): void => {
  const frames = framesOf(list)
  if (!Number.isSafeInteger(frame)) throw wrong(path, 'type', 0, 'Frames are counted whole')
  if (frame < 0) throw wrong(path, 'minimum', 0, 'There is nothing before frame 0')
  if (frame > frames) throw wrong(path, 'maximum', frames, `The audio ends after ${many(frames)}`)
}

export type Range = { from: number; to: number }

/** Throws EditError unless [from, to) lies within the list; nothing (from = to) may be allowed. */
export const requireRange = (
  list: Pick<EditList, 'spans'>,
  { from, to }: Range,
  mayBeEmpty = false,
): void => {
  requireFrame(list, from, 'from')
  requireFrame(list, to, 'to')
  const least = mayBeEmpty ? from : from + 1
  if (to < least) throw wrong('to', 'minimum', least, 'The range holds nothing')
}

/** The spans of [from, to), the first and the last cut to it. Throws EditError outside the list. */
export const slice = (list: Pick<EditList, 'spans'>, from: number, to: number): Span[] => {
  requireRange(list, { from, to }, true)
  if (from === to) return []
  const { spans } = list
  const starts = startsOf(spans)
  const first = spanAt(list, from)
  const last = spanAt(list, to - 1)
  const found = spans.slice(first, last + 1)
  const cut = (index: number, at: number) => {
    const span = found[index]
    const start = starts[at] ?? 0
    if (!span) return
    const end = start + span.frames
    found[index] = cutSpan(span, Math.max(0, from - start), Math.min(end, to) - start)
  }
  cut(0, first)
  if (last > first) cut(found.length - 1, last)
  return found
}

const collectSources = (layers: readonly Layer[], into: Set<string>): void => {
  for (const layer of layers)
    if (isMix(layer)) collectSources(layer.layers, into)
    else into.add(layer.source)
}

/** What pasting puts elsewhere. Throws EditError outside the list or for nothing. */
export const copy = (list: EditList, from: number, to: number): Clip => {
  requireRange(list, { from, to })
  const spans = slice(list, from, to)
  const used = new Set<string>()
  for (const { layers } of spans) collectSources(layers, used)
  const { sample_rate_hz, channels } = list
  const sources = Object.fromEntries(
    Object.entries(list.sources).filter(([source]) => used.has(source)),
  )
  return { sample_rate_hz, channels, sources, spans }
}
