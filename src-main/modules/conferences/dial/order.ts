import { Dial } from '#contract/dialling'
import type { Body } from '../../../platform/documents/documents.ts'
import type { Validator } from '../../../platform/http/validate.ts'

/** A dial that was asked for, and what it says of the conference it may make. */
export type Order = { readonly dial: Dial; readonly conference: Body }

/** Stands in a conference as well. */
const shared = 'profile_name'

const isOfConference = ([key, value]: [string, unknown]): boolean =>
  (key === shared || !Object.hasOwn(Dial.properties, key)) &&
  !/^(_|pvt_)/.test(key) &&
  key !== 'id' &&
  value !== null

/** Throws a validation error. */
export const readOrder = (validator: Validator, data: Body): Order => {
  const present = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null))
  return {
    dial: validator.body(Dial, present) as Dial,
    conference: Object.fromEntries(Object.entries(data).filter(isOfConference)),
  }
}
