import { invalid } from '../../platform/errors.ts'
import { dataRequired } from './refusals.ts'

type Json = Readonly<Record<string, unknown>>

/** An action, and what it needs: undefined where that is no object. */
export type ActionRequest = {
  readonly action: unknown
  readonly data: Json | undefined
  /** What was said beside the data for the legs a dial makes. */
  readonly vars: unknown
}

const varsKey = 'custom_application_vars'

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads the body shapes Crossbar takes (spec: conference actions): `action` in the envelope or in `data`; what it needs in
 * `data.data`, or in `data` itself.
 */
export const actionOf = (call: { envelope: Json; data: Json }): ActionRequest => {
  const { envelope, data: sent } = call
  const { action: inner, data: nested, ...flat } = sent
  const outer = envelope.action
  const action = outer ?? inner
  const vars = sent[varsKey] ?? envelope[varsKey]
  if (nested !== undefined) return { action, vars, data: isObject(nested) ? nested : undefined }
  return { action, vars, data: outer === undefined ? flat : sent }
}

/** What is to be played: as documents name it. */
export const mediaOf = ({ data }: ActionRequest): string => {
  if (!data) throw dataRequired('play')
  const { media_id } = data
  if (typeof media_id === 'string' && media_id !== '') return media_id
  const message = "action 'play' requires a media ID or URL"
  throw invalid({ 'data.media_id': { required: { message } } })
}

const toggles = ['start', 'stop'] as const

/** Whether recording is to start or to stop. */
export const toggleOf = ({ data }: ActionRequest): (typeof toggles)[number] => {
  if (!data) throw dataRequired('record')
  const toggle = toggles.find((each) => each === data.action)
  if (toggle) return toggle
  if (data.action === undefined) {
    const message = "action 'record' requires an action, start or stop"
    throw invalid({ 'data.action': { required: { message } } })
  }
  const message = 'Value not found in enumerated list of values'
  throw invalid({ 'data.action': { enum: { message, target: toggles, value: data.action } } })
}

/** What a dial needs: in the documentation's examples its variables stand beside its data, and they may stand in it. */
export const dialDataOf = ({ data, vars }: ActionRequest): Json => {
  if (!data) throw dataRequired('dial')
  return vars === undefined ? data : { [varsKey]: vars, ...data }
}
