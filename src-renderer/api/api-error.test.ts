import { expect, it } from 'vitest'
import { toApiError } from './api-error.ts'

const refused = (data: unknown) => toApiError(400, { message: 'validation_error', data }).message

it('names the field that a refusal is about', () => {
  expect(refused({ language: { pattern: { message: 'must be a language tag' } } })).toBe(
    'language: Must be a language tag',
  )
})

it('says what is wrong with a file without calling it a field', () => {
  expect(refused({ file: { invalid: { message: 'the file is empty' } } })).toBe('The file is empty')
})
