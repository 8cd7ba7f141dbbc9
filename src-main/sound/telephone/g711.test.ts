import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAudioBench, type AudioBench } from '../../test/audio-bench.ts'
import { sine } from '../../test/signals.ts'
import { decode, encode, overTheLine, type Law } from './g711.ts'

let bench: AudioBench
beforeAll(async () => {
  bench = await createAudioBench()
})
afterAll(() => bench.dispose())

const laws: Law[] = ['ulaw', 'alaw']
const bytes = Array.from({ length: 256 }, (_, byte) => byte)

const raw = (args: string[], input: Buffer) =>
  bench.processes
    .run({
      tool: 'sox',
      command: 'sox',
      args: ['-D', '-r', '8000', '-c', '1', ...args],
      input,
      deadlineMs: 20_000,
    })
    .then(({ stdout }) => stdout)

describe.each(laws)('G.711 %s', (law) => {
  it('decodes every byte and finds it again', () => {
    for (const byte of bytes) {
      const again = encode(law, decode(law, byte))
      // µ-law has two bytes for nothing.
      expect(again).toBe(law === 'ulaw' && byte === 0x7f ? 0xff : byte)
    }
  })

  it('decodes as sox does', async () => {
    const theirs = await raw(['-t', law.slice(0, 2), '-', '-t', 's16', '-'], Buffer.from(bytes))
    for (const byte of bytes) expect(decode(law, byte)).toBe(theirs.readInt16LE(2 * byte))
  })

  it('encodes as sox does whatever its 14 and 13 bits can tell apart', async () => {
    // Between two of those steps sox rounds first; the standard does not.
    const step = law === 'ulaw' ? 4 : 8
    const samples = Array.from({ length: 65_536 / step }, (_, i) => -32_768 + i * step)
    const input = Buffer.from(Int16Array.from(samples).buffer)
    const theirs = await raw(['-t', 's16', '-', '-t', law.slice(0, 2), '-'], input)
    const different = samples.filter((sample, i) => encode(law, sample) !== theirs[i])
    expect(different).toEqual([])
  })

  it('never is farther off than half a step', () => {
    for (let sample = -32_768; sample < 32_768; sample += 1) {
      const off = Math.abs(decode(law, encode(law, sample)) - sample)
      const most = Math.max(law === 'ulaw' ? 8 : 16, Math.abs(sample) / 32 + 8)
      if (Math.abs(sample) < 32_124) expect(off <= most, `${sample}`).toBe(true)
    }
  })

  it('leaves about 38 dB between a sine and its noise', () => {
    for (const peakDb of [-7, -13, -19]) {
      const clean = sine({ hz: 1017, rate: 8000, seconds: 1, peakDb })
      const heard = clean.slice()
      overTheLine(law)(heard, heard.length)
      const power = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0)
      const noise = heard.map((value, i) => value - (clean[i] ?? 0))
      const ratio = 10 * Math.log10(power(clean) / power(noise))
      expect(ratio).toBeGreaterThan(36)
      expect(ratio).toBeLessThan(40)
    }
  })
})
