import { expect, it } from 'vitest'
import { apply } from '#sound/edit-list/apply'
import { framesOf, listOf } from '#sound/edit-list/edit-list'
import { decideTrim, passesOf } from './plan.ts'

const trim = { kind: 'silence_trim', threshold_dbfs: -48, head_ms: 100, tail_ms: 200 } as const
const fade = { kind: 'fade_in', ms: 5 } as const
const gain = { kind: 'gain', gain_db: -3 } as const
const highPass = { kind: 'high_pass', frequency_hz: 120 } as const
const mono = { kind: 'channels', channels: 1 } as const

it('does in one pass what one run of sox can do, in the order of the recipe', () => {
  expect(passesOf([trim, gain, fade, highPass, mono])).toEqual([
    { trim, edits: [gain, fade], effects: [highPass, mono] },
  ])
})

it('begins another pass for what has to see what came out before', () => {
  expect(passesOf([highPass, gain, trim, fade])).toEqual([
    { trim: undefined, edits: [], effects: [highPass] },
    { trim: undefined, edits: [gain], effects: [] },
    { trim, edits: [fade], effects: [] },
  ])
})

it('takes off silence that is too long, adds what is missing, and leaves what is nearly right', () => {
  const second = listOf('0'.repeat(64), 8000, { sample_rate_hz: 8000, channels: 1 })
  const decided = (from: number, to: number) => {
    const decision = decideTrim(trim, second, [{ from, to }])
    const frames = decision && framesOf(decision.operations.reduce(apply, second))
    return decision && [decision.text, frames]
  }

  expect(decided(2400, 5600)).toEqual(['Trim 200 ms at the start and 100 ms at the end', 5600])
  expect(decided(2400, 7840)).toEqual(['Trim 200 ms at the start, add 180 ms at the end', 7840])
  expect(decided(0, 8000)).toEqual(['Add 100 ms at the start and 200 ms at the end', 10_400])
  expect(decided(830, 6370)).toBeUndefined()
  expect(
    decideTrim(trim, second, [
      { from: 800, to: 1600 },
      { from: 4000, to: 6400 },
    ]),
  ).toBeUndefined()
  expect(decideTrim(trim, second, [])).toBeUndefined()
})
