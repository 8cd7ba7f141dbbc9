import { invalid } from '../errors.ts'
import type { Query } from './filter.ts'

/** Which part of a list is asked for. */
export type PageRequest = {
  /** Undefined: everything at once (`paginate=false`). */
  size: number | undefined
  startKey: string | undefined
  ascending: boolean
}

const defaultSize = 50
const maximumSize = 5000

const single = (query: Query, key: string): string | undefined => {
  const value = query[key]
  return typeof value === 'string' ? value : value?.at(-1)
}

const isTrue = (value: string | undefined): boolean => value === 'true' || value === '1'
const isFalse = (value: string | undefined): boolean => value === 'false' || value === '0'

const sizeOf = (value: string | undefined): number => {
  if (value === undefined) return defaultSize
  const size = Number(value)
  if (!Number.isInteger(size) || size < 1) {
    throw invalid({
      page_size: {
        minimum: { message: 'Value must be an integer of at least 1', target: 1, value },
      },
    })
  }
  return Math.min(size, maximumSize)
}

/** Reads `page_size`, `start_key`, `ascending`, `descending` and `paginate`. Refuses a bad size. */
export const pageRequestOf = (query: Query): PageRequest => ({
  size: isFalse(single(query, 'paginate')) ? undefined : sizeOf(single(query, 'page_size')),
  startKey: single(query, 'start_key'),
  ascending: isTrue(single(query, 'ascending')) || isFalse(single(query, 'descending')),
})

/** Keys are opaque to clients: base64url of a sequence number behind a mark. */
export const encodeKey = (seq: number): string => Buffer.from(`k${seq}`).toString('base64url')

export const decodeKey = (key: string): number | undefined => {
  const match = /^k(\d{1,15})$/.exec(Buffer.from(key, 'base64url').toString())
  return match?.[1] === undefined ? undefined : Number(match[1])
}
