import type { Curve, EditList, Operation } from '#contract/edit-list'
import { gainText, levelText, unitOf } from '../levels/level-text.ts'
import { framesOf } from './edit-list.ts'

type Before = Pick<EditList, 'sample_rate_hz' | 'spans'>

const curveNames: Record<Curve, string> = { linear: '', sine: ' (sine)', cosine: ' (cosine)' }

const length = (frames: number, { sample_rate_hz }: Before): string => {
  const seconds = frames / sample_rate_hz
  if (Math.round(seconds * 1e4) < 1000) {
    const ms = seconds * 1000
    return `${ms < 10 ? Number(ms.toFixed(2)) : Math.round(ms)} ms`
  }
  if (seconds < 59.995) return `${seconds.toFixed(2)} s`
  return clock(frames, { sample_rate_hz })
}

const clock = (frames: number, { sample_rate_hz }: Pick<Before, 'sample_rate_hz'>): string => {
  const ms = Math.round((frames / sample_rate_hz) * 1000)
  const minutes = Math.floor(ms / 60_000)
  const rest = ((ms % 60_000) / 1000).toFixed(3).padStart(6, '0')
  if (minutes < 60) return `${minutes}:${rest}`
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`
}

const trim = ({ from, to }: { from: number; to: number }, before: Before): string => {
  const frames = framesOf(before)
  if (from === 0 && to < frames) return `Trim tail ${length(frames - to, before)}`
  if (to === frames && from > 0) return `Trim head ${length(from, before)}`
  return `Trim to ${clock(from, before)} – ${clock(to, before)}`
}

const nameMarker = (label: string): string => (label === '' ? 'marker' : `marker “${label}”`)

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>
type Label<O> = (operation: O, before: Before) => string

const onRange =
  (verb: string): Label<{ from: number; to: number }> =>
  ({ from, to }, before) =>
    `${verb} ${length(to - from, before)}`

const labels: { [K in Operation['kind']]: Label<Of<K>> } = {
  cut: onRange('Cut'),
  delete: onRange('Delete'),
  trim,
  paste: ({ clip }, before) => `Paste ${length(framesOf(clip), before)}`,
  insert_silence: ({ frames }, before) => `Insert silence ${length(frames, before)}`,
  silence: onRange('Silence'),
  fade: (fade, before) => onRange(`Fade ${fade.direction}`)(fade, before) + curveNames[fade.curve],
  gain: ({ gain_db }) => `Gain ${gainText(gain_db)} dB`,
  normalise: ({ level, metric }) => `Normalise to ${levelText(level)} ${unitOf[metric]}`,
  reverse: onRange('Reverse'),
  crossfade: ({ frames, curve }, before) =>
    `Crossfade ${length(frames, before)}${curveNames[curve]}`,
  replace: ({ label }) => label,
  convert: ({ label }) => label,
  add_marker: ({ marker }) => `Add ${nameMarker(marker.label)}`,
  change_marker: ({ marker }) => `Change ${nameMarker(marker.label)}`,
  remove_marker: () => 'Remove marker',
}

/** The name of a step: "Fade out 30 ms". `before` is the list the operation is done to. */
export const describe = (operation: Operation, before: Before): string => {
  const label = labels[operation.kind] as Label<Operation>
  return label(operation, before)
}
