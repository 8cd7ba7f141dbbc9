import { describe, expect, it } from 'vitest'
import { pathOfShape, peaksOfShape } from './shape.ts'

describe('peaksOfShape', () => {
  it('reads its alphabet from silence to full scale', () => {
    expect(peaksOfShape('AZaz09-_').map((peak) => Math.round(peak * 63))).toEqual([
      0, 25, 26, 51, 52, 61, 62, 63,
    ])
  })

  it('takes what it does not know for silence', () => {
    expect(peaksOfShape('é?')).toEqual([0, 0])
  })
})

describe('pathOfShape', () => {
  it('mirrors the wave around the middle', () => {
    expect(pathOfShape('_')).toBe('M0.5 0.0V20.0')
  })

  it('draws silence as dots', () => {
    expect(pathOfShape('AA')).toBe('M0.5 9.2V10.8M1.5 9.2V10.8')
  })

  it('draws nothing for nothing', () => {
    expect(pathOfShape('')).toBe('')
  })
})
