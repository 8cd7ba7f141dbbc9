import { expect, test } from 'vitest'
import type { Draft } from '#contract/drafts'
import type { Operation } from '#contract/edit-list'
import { framesOf, listOf } from '#sound/edit-list/edit-list'
import { canEdit, createEditor, isSaved, writtenOf } from './editor-state.ts'
import { createJournal, type Entry } from './journal.ts'

const source = 'a'.repeat(64)

const draftOf = (operations: readonly Operation[] = [], position = operations.length): Draft => ({
  id: 'd1',
  name: 'Greeting',
  target: 'account',
  revision: 1,
  initial: listOf(source, 8000, { sample_rate_hz: 8000, channels: 1 }),
  steps: operations.map((operation) => ({ operation, label: operation.kind, at: 0 })),
  position,
  saved_position: 0,
  editor: null,
  created: 0,
  modified: 0,
})

const rig = (draft = draftOf()) => {
  const sent: Entry[] = []
  const problems: string[] = []
  const moves: number[] = []
  const editor = createEditor(draft, {
    openJournal: (opened) =>
      createJournal(writtenOf(opened), {
        send: (entry, revision) => {
          sent.push(entry)
          return Promise.resolve({ revision: revision + 1 })
        },
        fetch: () => Promise.resolve(writtenOf(opened)),
        kindOf: () => 'refused',
        delay: () => Promise.resolve(),
        now: () => 0,
      }),
    now: () => 100,
    onList: (_, move) => moves.push(move(5000)),
    onProblem: (problem) => problems.push(problem),
  })
  return { editor, sent, problems, moves, state: () => editor.store.getState() }
}

test('an edit is done at once, named, and written down', async () => {
  const { editor, sent, moves, state } = rig()

  expect(editor.edit({ kind: 'delete', from: 1000, to: 2000 })).toBe(true)

  expect(framesOf(editor.list())).toBe(7000)
  expect(state().history.steps[0]).toMatchObject({ label: 'Delete 0.13 s', at: 100 })
  expect(editor.view.getState()).toMatchObject({
    cursor: 1000,
    selection: { from: 1000, to: 1000 },
  })
  expect(moves).toEqual([4000])
  await editor.journal.settled()
  expect(sent).toEqual([{ kind: 'step', operation: { kind: 'delete', from: 1000, to: 2000 } }])
})

test('all lists of the history are kept and shared', () => {
  const { editor, state } = rig()
  editor.edit({ kind: 'gain', from: 0, to: 100, gain_db: -3 })
  const before = state().history.lists
  editor.undo()
  editor.redo()

  expect(state().history.lists).toBe(before)
  expect(state().history.position).toBe(1)
})

test('undoing selects again what was edited', () => {
  const { editor } = rig()
  editor.edit({ kind: 'delete', from: 1000, to: 2000 })
  editor.undo()

  expect(framesOf(editor.list())).toBe(8000)
  expect(editor.view.getState().selection).toEqual({ from: 1000, to: 2000 })
})

test('what cannot be done changes nothing and says why', () => {
  const { editor, problems, state, sent } = rig()

  expect(editor.edit({ kind: 'delete', from: 7000, to: 9000 })).toBe(false)

  expect(problems).toHaveLength(1)
  expect(state().history.steps).toEqual([])
  expect(sent).toEqual([])
})

test('while another window edits, this one only reads', () => {
  const { editor, problems, state } = rig()
  editor.store.setState({ permission: { isMine: false, since: 5 } })

  expect(editor.edit({ kind: 'delete', from: 0, to: 10 })).toBe(false)
  editor.undo()

  expect(canEdit(state())).toBe(false)
  expect(problems[0]).toContain('Another window')
})

test('a restored draft stands where it was left, the undone steps with it', () => {
  const { editor, state } = rig(
    draftOf(
      [
        { kind: 'delete', from: 0, to: 1000 },
        { kind: 'delete', from: 0, to: 1000 },
      ],
      1,
    ),
  )

  expect(framesOf(editor.list())).toBe(7000)
  expect(isSaved(state())).toBe(false)
  editor.undo()
  expect(isSaved(state())).toBe(true)
  editor.redo()
  editor.redo()
  expect(framesOf(editor.list())).toBe(6000)
})

test('a step the backend added is taken over, and what it made is selected', () => {
  const { editor, moves } = rig()
  const operation: Operation = {
    kind: 'replace',
    from: 1000,
    to: 2000,
    source: 'b'.repeat(64),
    frames: 500,
    label: 'Speed 2',
  }

  editor.adopt({ ...draftOf([operation]), revision: 2 })

  expect(framesOf(editor.list())).toBe(7500)
  expect(editor.view.getState().selection).toEqual({ from: 1000, to: 1500 })
  expect(moves).toEqual([4500])
})
