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
    expect(pathOfShape('_')).toBe('M0 0.0h0.65v20.0h-0.65z')
  })

  it('draws silence as dots', () => {
    expect(pathOfShape('AA')).toBe('M0 9.2h0.65v1.6h-0.65zM1 9.2h0.65v1.6h-0.65z')
  })

  it('draws nothing for nothing', () => {
    expect(pathOfShape('')).toBe('')
  })
})
