import { expect, it } from 'vitest'
import { passesOf } from './plan.ts'

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
