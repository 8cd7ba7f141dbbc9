import { expect, it } from 'vitest'
import { createRecorder } from './recorder.ts'

const sine = (rate: number, tick: number) =>
  Int16Array.from({ length: rate / 50 }, (_, at) =>
    Math.round(9000 * Math.sin((2 * Math.PI * 400 * (tick * (rate / 50) + at)) / rate)),
  )

it.each([8000, 16_000] as const)('keeps %i Hz whatever the rate of the room becomes', (rate) => {
  const file: number[] = []
  const recorder = createRecorder({ rate, write: (samples) => void file.push(...samples) })
  const other = rate === 8000 ? 16_000 : 8000

  recorder.push(undefined)
  for (let tick = 1; tick < 5; tick += 1) recorder.push(sine(rate, tick))
  for (let tick = 5; tick < 10; tick += 1) recorder.push(sine(other, tick))

  expect(file).toHaveLength(rate / 5)
  expect(file.slice(0, rate / 50)).toEqual(Array(rate / 50).fill(0))
  expect(file.slice(rate / 50, rate / 25)).toEqual([...sine(rate, 1)])
  const late = rate === 8000 ? 0.001_375 : 0.0015
  file.slice((rate / 50) * 6).forEach((sample, at) => {
    const seconds = ((rate / 50) * 6 + at) / rate - late
    expect(Math.abs(sample - 9000 * Math.sin(2 * Math.PI * 400 * seconds))).toBeLessThan(150)
  })
})
