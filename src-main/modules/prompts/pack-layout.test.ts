import { expect, it } from 'vitest'
import { extensionFor, folderOf, placeOf } from './pack-layout.ts'

it.each([
  ['kazoo-core/en/us/vm-hello.wav', 'en-us', 'vm-hello'],
  ['en/us/vm-hello.MP3', 'en-us', 'vm-hello'],
  ['a/b/c/nl/BE/vm-hello.wav', 'nl-be', 'vm-hello'],
  ['system_media/fr-ca/vm-hello.wav', 'fr-ca', 'vm-hello'],
  ['kazoo-core/fr/vm-hello.wav', 'fr', 'vm-hello'],
  ['fr-fr_en-us/vm.hello.wav', 'fr-fr_en-us', 'vm.hello'],
  ['vm-hello.wav', undefined, 'vm-hello'],
  ['freeswitch/en/us/june/digits/8000/1.wav', undefined, '1'],
])('finds the language and prompt of %s', (path, language, promptId) => {
  expect(placeOf(path)).toMatchObject({ kind: 'audio', language, promptId })
})

it('takes a given language for files in no language folder only', () => {
  expect(placeOf('vm-hello.wav', 'de-de')).toMatchObject({ language: 'de-de' })
  expect(placeOf('fr/fr/vm-hello.wav', 'de-de')).toMatchObject({ language: 'fr-fr' })
})

it.each(['list_missing.sh', 'en/us/.hidden.wav', '__MACOSX/en/us/vm.wav', 'en/us/readme.txt'])(
  'passes over %s',
  (path) => {
    expect(placeOf(path)).toEqual({ kind: 'other' })
  },
)

it('knows scripts of a language from the list beside the folders', () => {
  expect(placeOf('kazoo-core/prompts.txt')).toEqual({ kind: 'scripts', language: '' })
  expect(placeOf('kazoo-core/de/de/prompts.txt')).toEqual({ kind: 'scripts', language: 'de-de' })
})

it.each(['en-us', 'fr', 'fr-fr_en-us', 'zh-hans-cn'])(
  'puts %s where it is found again',
  (language) => {
    expect(placeOf(`${folderOf(language)}/vm-hello.wav`)).toMatchObject({ language })
  },
)

it.each([
  ['vm-hello.MP3', 'wav', 'mp3'],
  ['vm-hello.txt', 'ogg', 'ogg'],
  ['vm-hello', 'flac', 'flac'],
  ['vm-hello.constructor', 'unknown', 'wav'],
])('exports %s, which is %s, as %s', (filename, container, extension) => {
  expect(extensionFor(filename, container)).toBe(extension)
})
