import { expect, it } from 'vitest'
import { createListenBuffer } from './listen-buffer.ts'

const rate = 8000
const frame = 160
/** Of the audio thread. */
const quantum = 128

/** Fits no frame, so that leaving out any number of them is heard unless it is done well. */
const toneHz = 187
const toneAt = (from: number, length: number) =>
  Float32Array.from(
    { length },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * toneHz * (from + i)) / rate),
  )

/** Runs for some seconds of playing; `arrival` says by when, in samples, a frame of 20 ms is there. */
const run = (seconds: number, arrival: (frame: number) => number) => {
  const buffer = createListenBuffer(rate)
  const heard: number[] = []
  const held: number[] = []
  let sent = 0
  const block = new Float32Array(quantum)
  for (let now = 0; now < seconds * rate; now += quantum) {
    while (arrival(sent) <= now) {
      buffer.push(toneAt(sent * frame, frame))
      sent += 1
    }
    buffer.pull(block)
    heard.push(...block)
    held.push(buffer.held())
  }
  return { buffer, heard, held }
}

const inTime = (each: number) => (each + 1) * frame

const largestStep = (samples: readonly number[]) =>
  samples.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (samples[i - 1] ?? 0))), 0)
const toneStep = (0.5 * 2 * Math.PI * toneHz) / rate

it('plays what comes in time without a gap, less than a tenth of a second behind', () => {
  const { buffer, heard, held } = run(20, inTime)
  expect(buffer.gaps()).toBe(0)
  expect(Math.max(...held)).toBeLessThan(rate / 10)
  expect(largestStep(heard)).toBeLessThan(toneStep * 1.5)
  expect(Math.max(...heard.slice(-rate))).toBeCloseTo(0.5, 2)
})

it('holds more after a gap, so that the same delay makes no second one', () => {
  // Once a second everything is 70 ms late.
  const late = (each: number) => inTime(each) + (each % 50 === 0 ? 0.07 * rate : 0)
  const arrivals: number[] = []
  const arrival = (each: number) => {
    arrivals[each] ??= Math.max(late(each), arrivals[each - 1] ?? 0)
    return arrivals[each]
  }
  const { buffer, heard } = run(9, arrival)
  expect(buffer.gaps()).toBeLessThanOrEqual(2)
  expect(largestStep(heard)).toBeLessThan(0.15)
})

it('comes back to now after everything came at once, without a click', () => {
  const burst = (each: number) => (each < 100 ? 0 : inTime(each) - 100 * frame)
  const { buffer, heard, held } = run(6, burst)
  expect(buffer.gaps()).toBe(0)
  expect(Math.max(...held)).toBeLessThan(rate / 10)
  expect(held.at(-1)).toBeLessThan(rate / 10)
  expect(largestStep(heard)).toBeLessThan(toneStep * 1.5)
})

it.each([0.4, 1.5])('leaves out %d s that came too early without a click', (early) => {
  const arrival = (each: number) => inTime(each) - (each < 100 ? 0 : early * rate)
  const { buffer, heard, held } = run(22, arrival)
  expect(buffer.gaps()).toBe(0)
  expect(held.at(-1)).toBeLessThan(rate / 10)
  expect(largestStep(heard)).toBeLessThan(toneStep * 1.5)
})

it('stays near now where the audio thread runs at a quarter of its speed', () => {
  const { held } = run(10, (each) => inTime(each) / 4)
  expect(Math.max(...held)).toBeLessThan(0.6 * rate)
})

it('keeps up with a clock that is a little faster', () => {
  const fast = (each: number) => inTime(each) * 0.999
  const { buffer, heard, held } = run(60, fast)
  expect(buffer.gaps()).toBe(0)
  expect(Math.max(...held)).toBeLessThan(rate * 0.15)
  expect(largestStep(heard)).toBeLessThan(toneStep * 1.5)
})

it('is silent before anything came and after it ended, and counts the end as one gap', () => {
  const { buffer, heard } = run(3, (each) => (each < 50 ? inTime(each) : Infinity))
  expect(heard.slice(0, quantum)).toEqual(Array.from({ length: quantum }, () => 0))
  expect(Math.max(...heard.slice(-quantum))).toBeLessThan(1e-6)
  expect(buffer.gaps()).toBe(1)
})

it('forgets the oldest when nobody takes anything', () => {
  const buffer = createListenBuffer(rate)
  for (let i = 0; i < 10; i += 1) buffer.push(new Float32Array(rate).fill(i))
  expect(buffer.held()).toBe(4 * rate)
  const block = new Float32Array(rate)
  buffer.pull(block)
  // Of what was said last.
  expect(block[rate / 100]).toBe(9)
})
