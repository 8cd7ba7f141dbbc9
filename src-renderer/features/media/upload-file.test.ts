import { expect, test } from 'vitest'
import { nameOf, problemOf, uploadTypeOf } from './upload-file.ts'

const file = (name: string, type = '', size = 1000) => ({ name, type, size })

test.each([
  [file('hold.wav', 'audio/x-wav'), 'audio/wav'],
  [file('hold.MP3'), 'audio/mpeg'],
  [file('hold', 'audio/aac'), 'audio/aac'],
  [file('hold'), 'application/octet-stream'],
])('%j is sent as %s', (given, type) => {
  expect(uploadTypeOf(given)).toBe(type)
})

test('sends what sounds and is not too large', () => {
  expect(problemOf(file('hold.wav'), 8_000_000)).toBeUndefined()
  expect(problemOf(file('hold.wav'), undefined)).toBeUndefined()
})

test.each([
  [file('notes.txt', 'text/plain'), 'This is no audio file.'],
  [file('hold.wav', 'audio/wav', 0), 'The file is empty.'],
  [file('hold.wav', 'audio/wav', 12_000_000), '12.0 MB is larger than the limit of 8.0 MB.'],
])('keeps back %j', (given, problem) => {
  expect(problemOf(given, 8_000_000)).toBe(problem)
})

test.each([
  ['Hold music.wav', 'Hold music'],
  ['v1.2 final.mp3', 'v1.2 final'],
  ['.wav', '.wav'],
])('the file %s becomes the medium %s', (fileName, name) => {
  expect(nameOf(fileName)).toBe(name)
})

test('a name is never longer than a document allows', () => {
  expect(nameOf(`${'x'.repeat(200)}.wav`)).toHaveLength(128)
})
