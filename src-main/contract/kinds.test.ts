import { expect, test } from 'vitest'
import type { AppError } from '../platform/errors.ts'
import { createValidator } from '../platform/http/validate.ts'
import { Operation } from './edit-list.ts'

const validator = createValidator()
const refusal = (value: unknown): unknown => {
  try {
    return validator.body(Operation, value)
  } catch (error) {
    return (error as AppError).details.data
  }
}

test('a wrong value is refused by the rules of the kind it names and of no other', () => {
  const data = refusal({ kind: 'gain', from: 0, to: 10, gain_db: 400 })
  expect(Object.keys(data as object)).toEqual(['gain_db'])
  expect(data).toMatchObject({ gain_db: { maximum: { target: 60 } } })
})

test('an unknown kind is refused by its name', () => {
  expect(refusal({ kind: 'melt', from: 0, to: 10 })).toEqual({
    kind: { enum: { message: expect.any(String), value: 'melt' } },
  })
})

test('what is missing for the named kind is told', () => {
  expect(refusal({ kind: 'crossfade', at: 1, curve: 'sine' })).toMatchObject({
    frames: { required: expect.anything() },
  })
})
