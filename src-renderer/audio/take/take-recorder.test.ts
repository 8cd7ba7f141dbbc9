import { expect, it } from 'vitest'
import { createTakeRecorder, type OpenMicrophone } from './take-recorder.ts'

type Listener = Parameters<OpenMicrophone>[0]

const microphone = (sampleRateHz = 8000) => {
  const opened: (Listener & { isClosed: boolean })[] = []
  const open: OpenMicrophone = (listener) => {
    const entry = { ...listener, isClosed: false }
    opened.push(entry)
    return Promise.resolve({ sampleRateHz, close: () => void (entry.isClosed = true) })
  }
  return { open, opened }
}

const samplesOf = async (take: Blob) => new Int16Array((await take.arrayBuffer()).slice(44))

it('records exactly what was heard between start and stop', async () => {
  const { open, opened } = microphone()
  const recorder = createTakeRecorder(open)
  await recorder.open()
  opened[0]?.hear(Float32Array.of(0.9))
  recorder.start()
  opened[0]?.hear(Float32Array.of(0.5, -0.25))
  opened[0]?.hear(Float32Array.of(0, 0.125))
  const take = recorder.stop()
  opened[0]?.hear(Float32Array.of(0.9))

  expect([...(await samplesOf(take!))]).toEqual([16_384, -8192, 0, 4096])
  const view = new DataView(await take!.arrayBuffer())
  expect(view.getUint32(24, true)).toBe(8000)
  expect(view.getUint32(40, true)).toBe(8)
})

it('keeps every sample of a take that is longer than it holds at once', async () => {
  const { open, opened } = microphone(100)
  const recorder = createTakeRecorder(open)
  await recorder.open()
  recorder.start()
  for (let i = 0; i < 50; i += 1) opened[0]?.hear(new Float32Array(64).fill(i / 64))

  const samples = await samplesOf(recorder.stop()!)
  expect(samples.length).toBe(50 * 64)
  expect(samples[49 * 64]).toBe((49 / 64) * 32_768)
})

it('shows the level before recording and counts clipped samples while it records', async () => {
  const { open, opened } = microphone()
  const recorder = createTakeRecorder(open)
  await recorder.open()
  opened[0]?.hear(Float32Array.of(1, -1, 0.5, 0.5))
  expect(recorder.store.getState()).toMatchObject({ state: 'listening', peak: 1, clipped: 0 })

  recorder.start()
  opened[0]?.hear(Float32Array.of(1, -1, 0.5, 0.5))
  expect(recorder.store.getState()).toMatchObject({
    state: 'recording',
    clipped: 2,
    seconds: 0.0005,
  })
})

it('keeps the take of a microphone that was unplugged', async () => {
  const { open, opened } = microphone()
  const recorder = createTakeRecorder(open)
  await recorder.open()
  recorder.start()
  opened[0]?.hear(Float32Array.of(0.5))
  opened[0]?.lost()

  expect(recorder.store.getState().state).toBe('failed')
  expect(opened[0]?.isClosed).toBe(true)
  expect([...(await samplesOf(recorder.stop()!))]).toEqual([16_384])
})

it('closes a microphone that opened after it was no longer wanted', async () => {
  let answer: (() => void) | undefined
  let isClosed = false
  const recorder = createTakeRecorder(async () => {
    await new Promise<void>((resolve) => (answer = resolve))
    return { sampleRateHz: 8000, close: () => void (isClosed = true) }
  })
  const opening = recorder.open()
  recorder.close()
  answer?.()
  await opening

  expect(isClosed).toBe(true)
  expect(recorder.store.getState().state).toBe('closed')
})

it('says in words why it cannot record', async () => {
  const refused = Object.assign(new Error('Permission denied'), { name: 'NotAllowedError' })
  const recorder = createTakeRecorder(() => Promise.reject(refused))
  await recorder.open()

  expect(recorder.store.getState()).toMatchObject({
    state: 'failed',
    error: expect.stringContaining('may not use the microphone'),
  })
})
