import { expect, test } from 'vitest'
import { fileNameText, nameText } from './format-text.ts'

test('a prompt without a name of its own is called by its id and language', () => {
  expect(nameText('fr-fr%2Fvm-goodbye')).toBe('vm-goodbye, fr-fr')
  expect(nameText('Welcome')).toBe('Welcome')
})

test('its file is called so too, without signs that folders refuse', () => {
  expect(fileNameText('fr-fr%2Fvm-goodbye')).toBe('vm-goodbye fr-fr')
  expect(fileNameText('Take 1: "in/out"?')).toBe('Take 1_ _in_out__')
})
