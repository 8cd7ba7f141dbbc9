import { describe, expect, it } from 'vitest'
import { gainText, levelText } from './level-text.ts'

describe('a level as people read it', () => {
  it('has one decimal and a real minus sign', () => {
    expect([-17.66, 0, 1.5].map(levelText)).toEqual(['−17.7', '0.0', '1.5'])
  })

  it('has no sign when it rounds to nothing', () => {
    expect([-0.04, 0.04].flatMap((level) => [levelText(level), gainText(level)])).toEqual(
      Array.from({ length: 4 }, () => '0.0'),
    )
  })

  it('shows either sign where it is a gain', () => {
    expect([3, -1.2].map(gainText)).toEqual(['+3.0', '−1.2'])
  })
})
