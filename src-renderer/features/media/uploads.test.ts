import { beforeEach, expect, test, vi } from 'vitest'
import { addUploads, dismissUpload, retryUpload, useUploads, type Sender } from './uploads.ts'

const file = (name: string) => new File(['x'], name)

const sender = (over: Partial<Sender> = {}) =>
  ({
    problemOf: () => undefined,
    send: vi.fn(() => Promise.resolve()),
    finished: vi.fn(),
    ...over,
  }) satisfies Sender

const shown = () =>
  useUploads.getState().items.map((item) => [item.file.name, item.state, item.error])

beforeEach(() => useUploads.setState({ items: [] }))

test('sends one file after the other and leaves nothing behind', async () => {
  let atOnce = 0
  let most = 0
  const send = async () => {
    most = Math.max(most, ++atOnce)
    await Promise.resolve()
    atOnce--
  }
  const sending = sender({ send })

  await addUploads([file('a.wav'), file('b.wav'), file('c.wav')], sending)

  expect(most).toBe(1)
  expect(shown()).toEqual([])
  expect(sending.finished).toHaveBeenCalledExactlyOnceWith(3)
})

test('a file that fails says why and does not hold up the others', async () => {
  const send = (sent: File) =>
    sent.name === 'bad.wav' ? Promise.reject(new Error('no audio in it')) : Promise.resolve()
  const sending = sender({ send })

  await addUploads([file('bad.wav'), file('good.wav')], sending)

  expect(shown()).toEqual([['bad.wav', 'failed', 'no audio in it']])
  expect(sending.finished).toHaveBeenCalledWith(1)
})

test('a file with a problem is not sent', async () => {
  const sending = sender({ problemOf: () => 'too large' })

  await addUploads([file('huge.wav')], sending)

  expect(sending.send).not.toHaveBeenCalled()
  expect(shown()).toEqual([['huge.wav', 'failed', 'too large']])
})

test('a failed file can be sent again', async () => {
  const send = vi.fn<Sender['send']>().mockRejectedValueOnce(new Error('no answer'))
  const sending = sender({ send })
  await addUploads([file('a.wav'), file('b.wav')], sending)

  await retryUpload(useUploads.getState().items[0]!.key, sending)

  expect(shown()).toEqual([])
})

test('dismissing a file on its way stops it', async () => {
  const send: Sender['send'] = (_, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('cancelled')))
    })
  const sending = sender({ send })

  const added = addUploads([file('a.wav')], sending)
  dismissUpload(useUploads.getState().items[0]!.key)
  await added

  expect(shown()).toEqual([])
  expect(sending.finished).not.toHaveBeenCalled()
})
