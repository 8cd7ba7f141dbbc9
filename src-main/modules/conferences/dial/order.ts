import { Dial } from '#contract/dialling'
import type { Body } from '../../../platform/documents/documents.ts'
import { invalid } from '../../../platform/errors.ts'
import type { Validator } from '../../../platform/http/validate.ts'
import { isCallId } from '../../legs/legs.ts'

/** A dial that was asked for, and what it says of the conference it may make. */
export type Order = { readonly dial: Dial; readonly conference: Body }

/** Stands in a conference as well. */
const shared = 'profile_name'

const isOfConference = ([key, value]: [string, unknown]): boolean =>
  (key === shared || !Object.hasOwn(Dial.properties, key)) &&
  !/^(_|pvt_)/.test(key) &&
  key !== 'id' &&
  value !== null

const noCallId = (value: string) => {
  const message = 'A Call-ID is one or two words without spaces, the second behind an @'
  return invalid({ outbound_call_id: { wrong_format: { message, value } } })
}

/** Throws a validation error. */
export const readOrder = (validator: Validator, data: Body): Order => {
  const present = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null))
  const dial = validator.body(Dial, present) as Dial
  const { outbound_call_id: callId } = dial
  if (callId !== undefined && !isCallId(callId)) throw noCallId(callId)
  return {
    dial,
    conference: Object.fromEntries(Object.entries(data).filter(isOfConference)),
  }
}
