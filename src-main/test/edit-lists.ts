import type { EditList, Marker, Span, Stage } from '#contract/edit-list'

/** Sources A and B of 1,000 frames, and short ways to write lists made of them. */
export const A = 'a'.repeat(64)
export const B = 'b'.repeat(64)
export const format = { sample_rate_hz: 8000, channels: 1 }

export const span = (source: string, from: number, frames: number, stages?: Stage[]): Span => ({
  frames,
  layers: [stages ? { source, in: from, stages } : { source, in: from }],
})
export const silent = (frames: number): Span => ({ frames, layers: [] })

export const listWith = (spans: Span[], markers: Marker[] = []): EditList => ({
  ...format,
  sources: { [A]: { frames: 1000 }, [B]: { frames: 1000 } },
  spans,
  markers,
})

export const point = (id: string, at: number): Marker => ({ id, at, label: id })
export const stretch = (id: string, at: number, end: number): Marker => ({ id, at, end, label: id })

export const fadeIn = (length: number, from = 0): Stage => ({
  kind: 'ramp',
  curve: 'linear',
  from,
  step: 1,
  length,
})
export const fadeOut = (length: number, from = length): Stage => ({
  kind: 'ramp',
  curve: 'linear',
  from,
  step: -1,
  length,
})
export const gain = (gain_db: number): Stage => ({ kind: 'gain', gain_db })
