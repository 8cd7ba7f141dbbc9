import { expect, test } from 'vitest'
import { createEditViewState, cursorAt } from './edit-view-state.ts'
import { pressed } from './keys.ts'

const frames = 100_000
const state = {
  ...createEditViewState().getState(),
  view: { from: 0, framesPerPixel: 10 },
  width: 1000,
  ...cursorAt(500),
}
const plain = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false }

test('arrows move by a pixel, with Alt by a sample', () => {
  expect(pressed({ ...plain, key: 'ArrowRight' }, state, frames)).toMatchObject(cursorAt(510))
  expect(pressed({ ...plain, key: 'ArrowLeft', altKey: true }, state, frames)).toMatchObject(
    cursorAt(499),
  )
})

test('Shift extends from where it began, also back over it', () => {
  const right = {
    ...state,
    ...pressed({ ...plain, key: 'ArrowRight', shiftKey: true }, state, frames),
  }
  expect(right.selection).toEqual({ from: 500, to: 510 })
  const home = { ...right, ...pressed({ ...plain, key: 'Home', shiftKey: true }, right, frames) }

  expect(home).toMatchObject({ selection: { from: 0, to: 500 }, cursor: 0 })
})

test('the cursor stays inside the list and inside the view', () => {
  const end = pressed({ ...plain, key: 'End' }, state, frames)

  expect(end).toMatchObject({ cursor: frames, view: { from: 90_000 } })
  expect(
    pressed({ ...plain, key: 'ArrowLeft' }, { ...state, ...cursorAt(3) }, frames),
  ).toMatchObject(cursorAt(0))
})

test('zooming keeps the cursor where it is', () => {
  const zoomed = pressed({ ...plain, key: '+' }, state, frames)

  expect(zoomed?.view).toEqual({ from: 250, framesPerPixel: 5 })
  expect(zoomed?.selection).toBeUndefined()
})

test('keys with Control belong to others', () => {
  expect(pressed({ ...plain, key: 'ArrowRight', ctrlKey: true }, state, frames)).toBeUndefined()
  expect(pressed({ ...plain, key: 'x' }, state, frames)).toBeUndefined()
})
