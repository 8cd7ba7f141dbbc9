import {
  deepestMix,
  mostSpans,
  mostStages,
  type Clip,
  type EditList,
  type Layer,
  type SourceLayer,
  type Span,
  type Stage,
} from '#contract/edit-list'
import { startsOf } from './edit-list.ts'
import { EditError } from './edit-error.ts'
import { requireMarker } from './markers.ts'
import { isMix } from './span.ts'

/** What the schema cannot tell of a list or clip: whether its parts fit each other. */

type Sources = EditList['sources']

const checkStages = (stages: readonly Stage[] = [], frames: number, path: string): void => {
  for (const [index, stage] of stages.entries()) {
    if (stage.kind === 'gain') continue
    const last = stage.from + stage.step * (frames - 1)
    if (Math.min(stage.from, last) >= 0 && Math.max(stage.from, last) <= stage.length) continue
    throw new EditError(`${path}.stages.${index}`, 'range', {
      message: 'The ramp does not reach over the whole span',
    })
  }
}

const checkSource = (layer: SourceLayer, span: Span, at: { sources: Sources; path: string }) => {
  const source = at.sources[layer.source]
  if (!source)
    throw new EditError(`${at.path}.source`, 'enum', {
      message: 'The source is not one of the list’s',
      value: layer.source,
    })
  if (layer.in + span.frames <= source.frames) return
  throw new EditError(`${at.path}.in`, 'maximum', {
    message: `The source has only ${source.frames} frames`,
    target: source.frames - span.frames,
  })
}

const checkLayers = (
  layers: readonly Layer[],
  span: Span,
  at: { sources: Sources; path: string },
): void => {
  for (const [index, layer] of layers.entries()) {
    const here = { ...at, path: `${at.path}.${index}` }
    checkStages(layer.stages, span.frames, here.path)
    if (isMix(layer)) checkLayers(layer.layers, span, { ...here, path: `${here.path}.layers` })
    else checkSource(layer, span, here)
  }
}

/** Throws EditError for layers outside their sources and ramps outside their fades. */
export const checkSpans = ({ spans, sources }: Pick<Clip, 'spans' | 'sources'>, at = ''): void => {
  for (const [index, span] of spans.entries()) {
    const path = `${at}spans.${index}.layers`
    requireFew(span, path)
    checkLayers(span.layers, span, { sources, path })
  }
  requireLength(spans, `${at}spans`)
}

/** Throws EditError for more spans or frames than a list may have. */
export const requireLength = (spans: readonly Span[], path: string): void => {
  if (spans.length > mostSpans)
    throw new EditError(path, 'maxItems', {
      message: `It would have more than ${mostSpans} spans`,
      target: mostSpans,
    })
  if ((startsOf(spans)[spans.length] ?? 0) > Number.MAX_SAFE_INTEGER)
    throw new EditError(path, 'maximum', { message: 'It would be too long to be counted' })
}

/** Crossfades in one another make 32 at most; each costs memory and time while it is mixed. */
const mostHeard = 64

const heardIn = (layers: readonly Layer[]): number =>
  layers.reduce((sum, layer) => sum + (isMix(layer) ? heardIn(layer.layers) : 1), 0)

const requireFew = ({ layers }: Span, path: string): void => {
  if (heardIn(layers) <= mostHeard) return
  throw new EditError(path, 'maxItems', {
    message: `More than ${mostHeard} layers would be heard at once`,
    target: mostHeard,
  })
}

const depthOf = (layer: Layer): number =>
  isMix(layer) ? 1 + Math.max(...layer.layers.map(depthOf)) : 0

/** Throws EditError for more layers, more stages or deeper mixes than a span may have. */
export const requireRoom = (span: Span): void => {
  requireFew(span, 'kind')
  for (const layer of span.layers) {
    if ((layer.stages?.length ?? 0) > mostStages)
      throw new EditError('kind', 'maxItems', {
        message: `There are ${mostStages} gains and fades on top of each other already`,
        target: mostStages,
      })
    if (depthOf(layer) > deepestMix)
      throw new EditError('kind', 'maxItems', {
        message: `There are ${deepestMix + 1} crossfades on top of each other already`,
        target: deepestMix,
      })
  }
}

/** Throws EditError for what the schema of a list that a client sends cannot tell. */
export const checkList = (list: EditList): void => {
  checkSpans(list)
  const ids = new Set<string>()
  for (const [index, marker] of list.markers.entries()) {
    requireMarker(list, marker, `markers.${index}`)
    if (ids.has(marker.id))
      throw new EditError(`markers.${index}.id`, 'unique', {
        message: 'Two markers have this id',
        value: marker.id,
      })
    ids.add(marker.id)
  }
}
