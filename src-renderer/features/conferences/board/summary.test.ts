import { describe, expect, it } from 'vitest'
import { heardOf, summaryOf } from './summary.ts'
import { board, person, personKey } from './test/sample-board.ts'

const none = new Set<string>()
const talking = (id: number) => person(id, { talking: true })
const silence = { participants: [person(1), person(2)] }

/** What is said when one board follows another. */
const said = (
  first: Parameters<typeof board>[0],
  then: Parameters<typeof board>[0],
  noisy: ReadonlySet<string> = none,
) => {
  const [before, now] = [board(first), board(then)]
  return summaryOf(heardOf(now, before, noisy), heardOf(before, undefined, none))
}

describe('what a screen reader is told', () => {
  it('names who began to talk, and nobody who goes on', () => {
    const [one, both] = [
      { participants: [talking(1), person(2)] },
      { participants: [talking(1), talking(2)] },
    ]
    expect(said(silence, one)).toBe('Person 1 is talking.')
    expect(said(one, both)).toBe('Person 2 is talking.')
    expect(said(both, one)).toBe('')
  })

  it('says which line may be an open microphone', () => {
    expect(said(silence, silence, new Set([personKey(2)]))).toBe(
      'Person 2 may be an open microphone.',
    )
  })

  it('counts where there are more than two', () => {
    const many = { participants: [1, 2, 3, 4, 5].map((id) => person(id)) }
    expect(said(silence, many)).toBe('3 people joined.')
    expect(said(many, silence)).toBe('3 people left.')
  })

  it('says what happened to the conference, as a sentence', () => {
    expect(said(silence, { ...silence, is_locked: true })).toBe('Locked.')
    expect(said({ ...silence, is_recording: true }, silence)).toBe('Recording stopped.')
    expect(said(silence, silence)).toBe('')
  })
})
