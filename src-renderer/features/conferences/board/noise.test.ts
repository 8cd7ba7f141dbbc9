import { expect, it } from 'vitest'
import { emptyTrack, findingOf, isNoise, sampled, type NoiseTrack } from './noise.ts'

/** So many seconds of somebody who has an energy each second and talks where it is above 100. */
const track = (energies: readonly number[]): NoiseTrack => {
  let talkedMs = 5000
  return energies.reduce((before, energy) => {
    if (energy > 100) talkedMs += 1000
    return sampled(before, energy, talkedMs)
  }, emptyTrack)
}
const seconds = (count: number, energyAt: (second: number) => number) =>
  track(Array.from({ length: count }, (_, second) => energyAt(second)))

it('finds music on hold: it talks nearly all the time, and evenly', () => {
  expect(isNoise(findingOf(seconds(40, (second) => 600 + 60 * Math.sin(second))))).toBe(true)
})

it('does not take a long talk for noise: people pause and stress', () => {
  const speech = seconds(60, (second) => (second % 4 === 0 ? 20 : 300 + ((second * 7919) % 1500)))

  expect(isNoise(findingOf(speech))).toBe(false)
})

it('accuses nobody for a few seconds', () => {
  expect(isNoise(findingOf(seconds(15, () => 700)))).toBe(false)
})

it('looks at the last minute only', () => {
  const once = seconds(120, (second) => (second < 60 ? 700 : 0))

  expect(findingOf(once)).toMatchObject({ share: 0, observedMs: 59_000 })
})
