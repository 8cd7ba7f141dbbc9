import type { Clip, EditList, Span } from '#contract/edit-list'

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

const starts = new WeakMap<readonly Span[], Float64Array>()

/** Where each span begins, and behind the last of them the end. Kept as long as the spans are. */
export const startsOf = (spans: readonly Span[]): Float64Array => {
  const known = starts.get(spans)
  if (known) return known
  const made = new Float64Array(spans.length + 1)
  let at = 0
  let index = 0
  for (const { frames } of spans) {
    at += frames
    index += 1
    made[index] = at
  }
  starts.set(spans, made)
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

/** The spans of [from, to), the first and the last cut to it. Throws EditError outside the list. */
export const slice = (list: EditList, from: number, to: number): Span[] => {
  throw new Error(`${list.channels} ${from} ${to}`)
}

/** What pasting puts elsewhere. Throws EditError outside the list or for nothing. */
export const copy = (list: EditList, from: number, to: number): Clip => {
  throw new Error(`${list.channels} ${from} ${to}`)
}
