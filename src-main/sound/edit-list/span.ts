import type { Layer, Mix, Span, Stage } from '#contract/edit-list'

/** What splitting, turning and joining do to a span. None of it changes a sample. */

export const isMix = (layer: Layer): layer is Mix => 'layers' in layer

const withStages = <L extends Layer>(layer: L, change: (stage: Stage) => Stage): L =>
  layer.stages ? { ...layer, stages: layer.stages.map(change) } : layer

const cutLayer = (layer: Layer, from: number, to: number, frames: number): Layer => {
  const cut = withStages(layer, (stage) =>
    stage.kind === 'gain' || from === 0
      ? stage
      : { ...stage, from: stage.from + stage.step * from },
  )
  if (isMix(cut)) return { ...cut, layers: cut.layers.map((l) => cutLayer(l, from, to, frames)) }
  return { ...cut, in: cut.in + (cut.reversed ? frames - to : from) }
}

/** Frames [from, to) of a span, counted from its beginning. */
export const cutSpan = (span: Span, from: number, to: number): Span =>
  from === 0 && to === span.frames
    ? span
    : {
        frames: to - from,
        layers: span.layers.map((layer) => cutLayer(layer, from, to, span.frames)),
      }

const turnLayer = (layer: Layer, frames: number): Layer => {
  const turned = withStages(layer, (stage) => {
    if (stage.kind === 'gain') return stage
    const step = stage.step === 1 ? -1 : 1
    return { ...stage, from: stage.from + stage.step * (frames - 1), step }
  })
  if (isMix(turned)) return { ...turned, layers: turned.layers.map((l) => turnLayer(l, frames)) }
  const { reversed, ...forward } = turned
  return reversed ? forward : { ...forward, reversed: true }
}

/** The span backwards. */
export const turnSpan = ({ frames, layers }: Span): Span => ({
  frames,
  layers: layers.map((layer) => turnLayer(layer, frames)),
})

/** A layer that is all of what is heard of a span: the only one, or a mix of them. */
const oneLayer = (layers: readonly Layer[]): Layer | undefined =>
  layers.length > 1 ? { layers: [...layers] } : layers[0]

/** A stage behind all others. Silence stays what it is. */
export const addStage = (span: Span, stage: Stage): Span => {
  const layer = oneLayer(span.layers)
  if (!layer) return span
  return {
    frames: span.frames,
    layers: [{ ...layer, stages: [...(layer.stages ?? []), stage] }],
  }
}

/** Two spans of the same length heard at once. */
export const mixSpans = (one: Span, other: Span): Span => ({
  frames: one.frames,
  layers: [oneLayer(one.layers), oneLayer(other.layers)].filter((layer) => layer !== undefined),
})

const continueStages = (
  one: readonly Stage[] = [],
  other: readonly Stage[] = [],
  frames: number,
): boolean =>
  one.length === other.length &&
  one.every((stage, index) => {
    const next = other[index]
    if (stage.kind === 'gain') return next?.kind === 'gain' && next.gain_db === stage.gain_db
    return (
      next?.kind === 'ramp' &&
      next.curve === stage.curve &&
      next.length === stage.length &&
      next.step === stage.step &&
      next.from === stage.from + stage.step * frames
    )
  })

type Lengths = { frames: number; next: number }

const continueLayers = (
  one: readonly Layer[],
  other: readonly Layer[],
  lengths: Lengths,
): boolean =>
  one.length === other.length &&
  one.every((layer, index) => {
    const next = other[index]
    return next !== undefined && continues(layer, next, lengths)
  })

const continues = (layer: Layer, next: Layer, lengths: Lengths): boolean => {
  if (!continueStages(layer.stages, next.stages, lengths.frames)) return false
  if (isMix(layer)) return isMix(next) && continueLayers(layer.layers, next.layers, lengths)
  if (isMix(next) || layer.source !== next.source || layer.reversed !== next.reversed) return false
  return layer.reversed
    ? next.in + lengths.next === layer.in
    : layer.in + lengths.frames === next.in
}

const joinLayer = (layer: Layer, next: Layer): Layer => {
  if (isMix(layer) || isMix(next))
    return isMix(layer) && isMix(next)
      ? { ...layer, layers: joinLayers(layer.layers, next.layers) }
      : layer
  return layer.reversed ? { ...layer, in: next.in } : layer
}

const joinLayers = (one: readonly Layer[], other: readonly Layer[]): Layer[] =>
  one.map((layer, index) => joinLayer(layer, other[index] ?? layer))

/** Both as one span where the second goes on as the first ends, else undefined. */
export const joined = (span: Span, next: Span): Span | undefined =>
  continueLayers(span.layers, next.layers, { frames: span.frames, next: next.frames })
    ? { frames: span.frames + next.frames, layers: joinLayers(span.layers, next.layers) }
    : undefined
