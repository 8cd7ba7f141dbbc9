import { expect, it } from 'vitest'
import { createListener, sampleReader, type OpenListenOutput } from './listener.ts'

type Told = Parameters<OpenListenOutput>[0]

const bench = ({ isBlocked = false } = {}) => {
  const heard: number[] = []
  const outputs: { told: Told; isRunning: boolean; isClosed: boolean }[] = []
  const listener = createListener((told) => {
    const output = { told, isRunning: !isBlocked, isClosed: false }
    outputs.push(output)
    return Promise.resolve({
      isRunning: () => output.isRunning,
      push: (samples) => void heard.push(...samples),
      close: () => void (output.isClosed = true),
    })
  })
  return { listener, heard, outputs, state: () => listener.store.getState() }
}

/** A stream to write to, as a response has one. */
const line = () => {
  let controller!: ReadableStreamDefaultController<Uint8Array>
  const stream = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) })
  const say = (...values: number[]) => {
    const bytes = new DataView(new ArrayBuffer(values.length * 2))
    for (const [i, value] of values.entries()) bytes.setInt16(i * 2, value, true)
    controller.enqueue(new Uint8Array(bytes.buffer))
  }
  return { open: () => Promise.resolve(stream), say, end: () => controller.close(), controller }
}

it('plays what comes, and says when it is over', async () => {
  const { listener, heard, outputs, state } = bench()
  const room = line()
  listener.start('4000', room.open)
  expect(state()).toMatchObject({ state: 'connecting', id: '4000' })
  await expect.poll(() => state().state).toBe('playing')
  room.say(16_384, -8192)
  await expect.poll(() => heard).toEqual([0.5, -0.25])
  room.end()
  await expect.poll(() => state()).toMatchObject({ state: 'ended', id: '4000', level: 0 })
  expect(outputs[0]?.isClosed).toBe(true)
})

it('says that a key is needed where the browser plays nothing without one, and plays from then on', async () => {
  const { listener, heard, outputs, state } = bench({ isBlocked: true })
  const room = line()
  listener.start('4000', room.open)
  await expect.poll(() => state().state).toBe('blocked')
  room.say(1)
  await new Promise((resolve) => setTimeout(resolve))
  outputs[0]!.isRunning = true
  outputs[0]!.told.started()
  expect(state().state).toBe('playing')
  room.say(16_384)
  await expect.poll(() => heard).toEqual([0.5])
})

it('tells level and delay while it plays, and nothing of an output it has left', async () => {
  const { listener, outputs, state } = bench()
  const report = { level: 0.3, heldMs: 60, gaps: 1, delayMs: 95 }
  listener.start('4000', line().open)
  await expect.poll(() => state().state).toBe('playing')
  outputs[0]?.told.report(report)
  expect(state()).toMatchObject({ level: 0.3, delayMs: 95, gaps: 1 })

  listener.stop()
  outputs[0]?.told.report(report)
  expect(state()).toMatchObject({ state: 'off', id: null, level: 0 })
})

it('hangs up and closes its output when it is stopped, also while it is still connecting', async () => {
  const { listener, outputs, state } = bench()
  const signals: AbortSignal[] = []
  const open = (signal: AbortSignal) => {
    signals.push(signal)
    return new Promise<ReadableStream<Uint8Array>>((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('aborted'))),
    )
  }
  listener.start('4000', open)
  await expect.poll(() => signals.length).toBe(1)
  listener.stop()
  expect(signals[0]?.aborted).toBe(true)
  await expect.poll(() => outputs[0]?.isClosed).toBe(true)
  expect(state().state).toBe('off')
})

it('leaves one for the other', async () => {
  const { listener, heard, outputs, state } = bench()
  const [one, other] = [line(), line()]
  listener.start('one', one.open)
  await expect.poll(() => state().state).toBe('playing')
  listener.start('other', other.open)
  await expect.poll(() => state()).toMatchObject({ state: 'playing', id: 'other' })
  one.say(16_384)
  other.say(8192)
  await expect.poll(() => heard).toEqual([0.25])
  expect(outputs.map(({ isClosed }) => isClosed)).toEqual([true, false])
})

it('says why it cannot listen, and why it stopped', async () => {
  const { listener, state } = bench()
  listener.start('4000', () => Promise.reject(new Error('It does not run.')))
  await expect.poll(() => state()).toMatchObject({ state: 'failed', error: 'It does not run.' })

  const room = line()
  listener.start('4000', room.open)
  await expect.poll(() => state().state).toBe('playing')
  room.controller.error(new TypeError('network error'))
  await expect
    .poll(() => state())
    .toMatchObject({ state: 'failed', error: 'The connection was lost.' })
})

it('puts a sample together that came in two pieces', () => {
  const read = sampleReader()
  const bytes = new Uint8Array(new Int16Array([16_384, -16_384, 8192]).buffer)
  const heard = [bytes.slice(0, 3), bytes.slice(3, 3), bytes.slice(3, 4), bytes.slice(4)]
  expect(heard.flatMap((piece) => [...read(piece)])).toEqual([0.5, -0.5, 0.25])
})
