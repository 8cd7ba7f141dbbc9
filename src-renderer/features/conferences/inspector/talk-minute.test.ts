import { expect, it } from 'vitest'
import type { NoiseTrack } from '../board/noise.ts'
import { talkBars, talkVerdict } from './talk-minute.ts'

/** One sample a second of energies, and how many milliseconds of each second were talked. */
const track = (energies: readonly number[], talkedIn: readonly number[]): NoiseTrack => {
  let talked = 0
  return { energies, talkedMs: talkedIn.map((ms) => (talked += ms)) }
}
const steady = (seconds: number) =>
  track(Array(seconds + 1).fill(900), [0, ...Array<number>(seconds).fill(1000)])

it('has a bar for every second, and none where nothing was observed yet', () => {
  const bars = talkBars(track([0, 3000, 100], [0, 1000, 0]))
  expect(bars).toHaveLength(60)
  expect(bars[56]).toBeUndefined()
  expect(bars.slice(57)).toMatchObject([
    { height: 0, talks: false },
    { talks: true },
    { talks: false },
  ])
  expect(bars[58]!.height).toBeGreaterThan(bars[59]!.height)
})

it('draws by loudness, so that a soft voice is still seen', () => {
  const [soft, loud] = talkBars(track([300, 10_000], [0, 0])).slice(-2)
  expect(soft!.height).toBeGreaterThan(0.25)
  expect(loud!.height).toBeLessThan(1)
})

it('asks about who talks on and on at a steady level', () => {
  expect(talkVerdict(steady(60))).toEqual({
    text: 'Speaking 100 % of the last minute at a steady level: an open microphone or hold music?',
    isSuspicious: true,
  })
})

it('takes lively speech for what it is, however much of it there is', () => {
  const energies = Array.from({ length: 61 }, (_, i) => (i % 3 === 0 ? 100 : 4000))
  const talked = [0, ...Array.from({ length: 60 }, (_, i) => (i % 6 === 0 ? 0 : 1000))]
  expect(talkVerdict(track(energies, talked))).toEqual({
    text: 'Speaking 83 % of the last minute.',
    isSuspicious: false,
  })
})

it('says how long it has looked, and nothing before it has', () => {
  expect(talkVerdict(track([0], [0])).text).toBe('Listening…')
  expect(talkVerdict(track(Array(11).fill(0), Array(11).fill(0))).text).toBe(
    'Quiet for the last 10 s.',
  )
})
