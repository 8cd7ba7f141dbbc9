import { describe, expect, it } from 'vitest'
import { parseArgs, parseSoxHelp } from './sox.ts'

describe('parseArgs', () => {
  it.each([
    ['', []],
    ['   \t ', []],
    ['-r 8000', ['-r', '8000']],
    ['  -r\t8000\n-c 1 ', ['-r', '8000', '-c', '1']],
    [`--comment "two words"`, ['--comment', 'two words']],
    [`--comment 'it is "so"'`, ['--comment', 'it is "so"']],
    [String.raw`a\ b c`, ['a b', 'c']],
    [String.raw`"a\"b" 'c\d'`, ['a"b', String.raw`c\d`]],
    [String.raw`"C:\sox"`, [String.raw`C:\sox`]],
    [`pre"mid dle"post`, ['premid dlepost']],
    [`"" ''`, ['', '']],
    ['$HOME `id` ; rm * | x > y & $(z)', '$HOME `id` ; rm * | x > y & $(z)'.split(' ')],
    ['é 日本', ['é', '日本']],
  ])('splits %j', (text, args) => {
    expect(parseArgs(text)).toEqual(args)
  })

  it.each([`"open`, `open'`, `"a' b`, `''"`])('refuses the unbalanced quote in %j', (text) => {
    expect(() => parseArgs(text)).toThrow(/opened and not closed/)
  })

  it('refuses a backslash with nothing behind it', () => {
    expect(() => parseArgs('-r 8000 \\')).toThrow(/backslash/)
  })

  it('refuses NUL, which no argument can carry', () => {
    expect(() => parseArgs('a\0b')).toThrow(/NUL/)
  })
})

describe('parseSoxHelp', () => {
  it('finds version and formats', () => {
    const help =
      'sox:      SoX v14.4.2\n\nUsage\nAUDIO FILE FORMATS: 8svx mp3 wav\nPLAYLIST FORMATS: m3u'

    expect(parseSoxHelp(help)).toEqual({ version: '14.4.2', formats: ['8svx', 'mp3', 'wav'] })
  })
})
