import { describe, expect, it } from 'vitest'
import { parseAccept } from './accept.ts'
import { parseRange } from './binary.ts'
import { toCsv } from './csv.ts'

describe('ranges', () => {
  it.each([
    ['bytes=0-3', { start: 0, end: 3 }],
    ['bytes=6-', { start: 6, end: 9 }],
    ['bytes=-2', { start: 8, end: 9 }],
    ['bytes=-99', { start: 0, end: 9 }],
    ['bytes=5-99', { start: 5, end: 9 }],
    ['bytes=10-', 'outside'],
    ['bytes=4-2', 'whole'],
    ['bytes=a-b', 'whole'],
    ['bytes=-', 'whole'],
    ['lines=1-2', 'whole'],
    [undefined, 'whole'],
  ])('%s of ten bytes is %j', (header, span) => {
    expect(parseRange(header, 10)).toEqual(span)
  })
})

describe('Accept', () => {
  it('is read by preference, leaving out what is refused', () => {
    expect(parseAccept('text/html;q=0.5, audio/mp3, */*;q=0.1, audio/ogg;q=0')).toEqual([
      'audio/mp3',
      'text/html',
      '*/*',
    ])
  })
})

describe('CSV', () => {
  it('quotes what needs it, flattens objects and disarms formulas', () => {
    const rows = [
      { id: 1, name: 'a "b", c', ui: { origin: 'x' } },
      { id: 2, name: '=cmd()', tags: ['p', 'q'] },
    ]
    expect(toCsv(rows).split('\r\n')).toEqual([
      'id,name,ui.origin,tags',
      '1,"a ""b"", c",x,',
      '2,\'=cmd(),,"[""p"",""q""]"',
      '',
    ])
  })
})
