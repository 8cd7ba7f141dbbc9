import { beforeEach, describe, expect, it } from 'vitest'
import { dropDraft, isConflict, rebaseDraft, useDrafts, writeDraft } from './script-drafts.ts'

const id = 'fr-fr%2Fvm-deleted'
const draft = () => useDrafts.getState().draftsById[id]

beforeEach(() => useDrafts.setState({ draftsById: {} }))

describe('script drafts', () => {
  it('remembers what was written and what it started from', () => {
    writeDraft(id, 'Message e', 'Message.')
    writeDraft(id, 'Message effacé.', 'Message.')

    expect(draft()).toEqual({ text: 'Message effacé.', base: 'Message.' })
    expect(isConflict(draft(), 'Message.')).toBe(false)
  })

  it('is gone when the words are those that are saved', () => {
    writeDraft(id, 'Message e', 'Message.')
    writeDraft(id, 'Message.', 'Message.')

    expect(draft()).toBeUndefined()
  })

  it('keeps the words and says so when somebody else saves others', () => {
    writeDraft(id, 'Message effacé.', 'Message.')

    expect(isConflict(draft(), 'Message supprimé.')).toBe(true)
    writeDraft(id, 'Message effacé !', 'Message supprimé.')
    expect(isConflict(draft(), 'Message supprimé.')).toBe(true)
  })

  it('is no conflict when somebody else saves the same words', () => {
    writeDraft(id, 'Message effacé.', 'Message.')

    expect(isConflict(draft(), 'Message effacé.')).toBe(false)
  })

  it('goes on from the other words once the person decided so', () => {
    writeDraft(id, 'Message effacé.', 'Message.')
    rebaseDraft(id, 'Message supprimé.')

    expect(isConflict(draft(), 'Message supprimé.')).toBe(false)
    dropDraft(id)
    expect(isConflict(draft(), 'Message supprimé.')).toBe(false)
  })
})
