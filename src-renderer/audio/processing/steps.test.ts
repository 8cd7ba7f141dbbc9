import { expect, it } from 'vitest'
import { definitions, figureOf, kinds, moved, stepText, withFigure } from './steps.ts'

it('moves a step one place and leaves the ends alone', () => {
  expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
})

it('takes a figure out when its field is emptied: then the pack says the level', () => {
  const step = definitions.normalise.initial
  const levelled = withFigure(step, 'level', -17.6)

  expect(stepText(levelled)).toBe('Normalise to −17.6 dBov')
  expect(withFigure(levelled, 'level', Number.NaN)).toEqual(step)
  expect(stepText(step)).toBe('Match the pack')
  expect(figureOf(step, 'level')).toBeNaN()
})

it('begins every step within the bounds of its fields', () => {
  for (const kind of kinds) {
    const { initial, fields } = definitions[kind]
    for (const { name, least, most, empty } of fields) {
      const value = figureOf(initial, name)
      if (empty !== undefined && Number.isNaN(value)) continue
      expect(value).toBeGreaterThanOrEqual(least)
      expect(value).toBeLessThanOrEqual(most)
    }
  }
})
