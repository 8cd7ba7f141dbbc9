import { expect, it, vi } from 'vitest'
import { createEffectPreview } from './effect-preview.ts'
import type { Output, Sound } from './output.ts'

const sound = (value: number, frames = 1000) => [new Float32Array(frames).fill(value)]

const studio = (plain = sound(0.1)) => {
  const played: { sound: Sound; at: number }[] = []
  const waiting: { ms: number; run: () => void }[] = []
  let isEffected = false
  const output: Output = {
    sampleRateHz: 1000,
    note: null,
    now: () => 5,
    heard: () => 5,
    resume: () => Promise.resolve(),
    play: (given, at) => {
      played.push({ sound: given, at })
      return () => undefined
    },
    hush: vi.fn(),
    setCaller: (isOn) => void (isEffected = isOn),
    setMatch: () => undefined,
    close: vi.fn(),
  }
  const preview = createEffectPreview({
    open: () => output,
    loadPlain: () => Promise.resolve(plain),
    wait: (ms, run) => {
      const entry = { ms, run }
      waiting.push(entry)
      return () => void waiting.splice(waiting.indexOf(entry), 1)
    },
    silenceOthers: () => undefined,
  })
  return { preview, output, played, waiting, isEffected: () => isEffected }
}

it('plays a stretch with its effect again and again', async () => {
  const { preview, played, waiting, isEffected } = studio()
  preview.change(() => Promise.resolve(sound(0.5)))
  preview.play()
  await vi.waitFor(() => expect(played).toHaveLength(1))
  waiting[0]?.run()

  expect(isEffected()).toBe(true)
  expect(played.map(({ sound: { caller } }) => caller[0]?.[0])).toEqual([0.5, 0.5])
  expect((played[1]?.at ?? 0) - (played[0]?.at ?? 0)).toBeCloseTo(1)
})

it('goes on with the new figures when the effect changes', async () => {
  const { preview, played, output, waiting } = studio()
  preview.change(() => Promise.resolve(sound(0.5)))
  preview.play()
  await vi.waitFor(() => expect(played).toHaveLength(1))
  preview.change(() => Promise.resolve(sound(0.25)))
  await vi.waitFor(() => expect(played).toHaveLength(2))

  expect(played[1]?.sound.caller[0]?.[0]).toBe(0.25)
  expect(output.hush).toHaveBeenCalled()
  expect(waiting).toHaveLength(1)
})

it('takes the effect away and back without starting again', async () => {
  const { preview, played, isEffected } = studio()
  preview.change(() => Promise.resolve(sound(0.5)))
  preview.play()
  await vi.waitFor(() => expect(played).toHaveLength(1))
  preview.setBypassed(true)

  expect(isEffected()).toBe(false)
  expect(played).toHaveLength(1)
})

it('says why it cannot be heard, and is silent', async () => {
  const { preview, played, waiting } = studio()
  preview.change(() => Promise.reject(new Error('sox is not installed')))
  preview.play()
  await vi.waitFor(() => expect(preview.store.getState().error).toBe('sox is not installed'))

  expect(preview.store.getState().state).toBe('stopped')
  expect([played.length, waiting.length]).toEqual([0, 0])
})

it('is silent when it is stopped before it was loaded', async () => {
  const { preview, played } = studio()
  let answer: ((channels: Float32Array[]) => void) | undefined
  preview.change(() => new Promise((resolve) => (answer = resolve)))
  preview.play()
  await vi.waitFor(() => expect(answer).toBeDefined())
  preview.stop()
  answer?.(sound(0.5))
  await Promise.resolve()

  expect(played).toHaveLength(0)
  expect(preview.store.getState().state).toBe('stopped')
})
