import { beforeEach, expect, test } from 'vitest'
import { toastDurationMs, useToasts } from './toast-store.ts'

const texts = () => useToasts.getState().toasts.map(({ text }) => text)
const action = { label: 'Undo', run: () => undefined }

beforeEach(() => useToasts.setState({ toasts: [] }))

test('what can be undone and what went wrong stays at least eight seconds', () => {
  expect(toastDurationMs({ tone: 'ok', text: 'Deleted.', action })).toBeGreaterThanOrEqual(8000)
  expect(toastDurationMs({ tone: 'bad', text: 'No.' })).toBeGreaterThanOrEqual(8000)
  expect(toastDurationMs({ tone: 'ok', text: 'Saved.' })).toBeLessThan(8000)
})

test('a long message stays long enough to be read', () => {
  expect(toastDurationMs({ tone: 'ok', text: 'x'.repeat(300) })).toBeGreaterThan(15_000)
})

test('the same message twice is shown once', () => {
  const { show } = useToasts.getState()

  show({ tone: 'bad', text: 'No answer.' })
  show({ tone: 'bad', text: 'No answer.' })

  expect(texts()).toEqual(['No answer.'])
})

test('two deletions of the same name can both be undone', () => {
  const { show } = useToasts.getState()

  show({ tone: 'ok', text: 'Deleted.', action })
  show({ tone: 'ok', text: 'Deleted.', action })

  expect(texts()).toHaveLength(2)
})

test('the oldest make room for the newest', () => {
  const { show } = useToasts.getState()

  for (const text of ['1', '2', '3', '4', '5']) show({ tone: 'info', text })

  expect(texts()).toEqual(['2', '3', '4', '5'])
})

test('a dismissed message is gone', () => {
  const { show, dismiss } = useToasts.getState()
  const id = show({ tone: 'info', text: 'Hello' })

  dismiss(id)

  expect(texts()).toEqual([])
})
