import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EditList } from '#contract/edit-list'
import { createRendering, type Rendering } from '../modules/rendering/rendering.ts'
import type { Pcm } from '../modules/waveforms/waveforms.ts'
import { silentLog } from '../platform/log.ts'
import { createProcesses, type Processes } from '../platform/process/process.ts'
import { createScope } from '../platform/scope.ts'

export type Heard = {
  sampleRateHz: number
  channels: number
  frames: number
  /** Of one channel, −1 to 1. */
  channel: (index: number) => Float64Array
  samples: Int32Array
}

type Shape = { sampleRateHz?: number; channels?: number; bits?: 16 | 24 | 32 }
/** −1 to 1 at a time in seconds. */
export type Sound = (seconds: number, channel: number) => number

/** Rendering with real sox over sources that are made of formulas. */
export type RenderBench = {
  rendering: Rendering
  processes: Processes
  folder: string
  /** A list of one source with so many frames of a sound. */
  list: (frames: number, sound: Sound, shape?: Shape) => Promise<EditList>
  pcm: (source: string) => Promise<Pcm>
  /** Another rendering of the same sources. */
  renderingWith: (more: Partial<Parameters<typeof createRendering>[0]>) => Rendering
  /** What a file sounds like to sox. */
  hear: (path: string, ...type: string[]) => Promise<Heard>
  path: (name: string) => string
  /** Names of all files in the folder for results. */
  files: () => Promise<string[]>
  dispose: () => Promise<void>
}

const toBytes = (
  frames: number,
  sound: Sound,
  { sampleRateHz, channels, bits }: Required<Shape>,
) => {
  const width = bits / 8
  const bytes = Buffer.alloc(frames * channels * width)
  const full = 2 ** (bits - 1) - 1
  for (let frame = 0; frame < frames; frame += 1)
    for (let channel = 0; channel < channels; channel += 1) {
      const value = Math.round(sound(frame / sampleRateHz, channel) * full)
      bytes.writeIntLE(value, (frame * channels + channel) * width, width)
    }
  return bytes
}

export const createRenderBench = async (): Promise<RenderBench> => {
  const scope = createScope('render bench')
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-rendered-'))
  const sources = await mkdtemp(join(tmpdir(), 'patchbay-sources-'))
  const processes = createProcesses({ scope, log: silentLog })
  const known = new Map<string, Pcm>()
  const pcm = (source: string) => {
    const found = known.get(source)
    return found ? Promise.resolve(found) : Promise.reject(new Error('there is no such source'))
  }

  const sox = async (...args: string[]) => {
    const request = { tool: 'sox', command: 'sox', args, deadlineMs: 30_000 }
    return processes.run(request)
  }

  return {
    rendering: createRendering({ processes, pcm }),
    renderingWith: (more) => createRendering({ processes, pcm, ...more }),
    processes,
    folder,
    pcm,
    list: async (frames, sound, shape = {}) => {
      const whole = { sampleRateHz: 8000, channels: 1, bits: 16 as const, ...shape }
      const { sampleRateHz, channels, bits } = whole
      const bytes = toBytes(frames, sound, whole)
      const source = createHash('sha256').update(bytes).digest('hex')
      const path = join(sources, source)
      await writeFile(path, bytes)
      known.set(source, { path, dataStart: 0, frames, sampleRateHz, channels, bits })
      return {
        sample_rate_hz: sampleRateHz,
        channels,
        sources: frames > 0 ? { [source]: { frames } } : {},
        spans: frames > 0 ? [{ frames, layers: [{ source, in: 0 }] }] : [],
        markers: [],
      }
    },
    hear: async (path, ...type) => {
      const { stdout } = await sox('-D', ...type, path, '-t', 'au', '-e', 'signed', '-b', '32', '-')
      const channels = stdout.readUInt32BE(20)
      const data = Buffer.from(stdout.subarray(stdout.readUInt32BE(4))).swap32()
      const samples = new Int32Array(new Uint8Array(data).buffer)
      const frames = samples.length / channels
      return {
        sampleRateHz: stdout.readUInt32BE(16),
        channels,
        frames,
        samples,
        channel: (index) =>
          Float64Array.from(
            { length: frames },
            (_, frame) => (samples[frame * channels + index] ?? 0) / 2 ** 31,
          ),
      }
    },
    path: (name) => join(folder, name),
    files: () => readdir(folder),
    dispose: async () => {
      await scope.dispose()
      await rm(folder, { recursive: true, force: true })
      await rm(sources, { recursive: true, force: true })
    },
  }
}

export const sine =
  (hertz: number, level = 0.5): Sound =>
  (seconds) =>
    level * Math.sin(2 * Math.PI * hertz * seconds)

export const square =
  (hertz: number, level: number): Sound =>
  (seconds) =>
    (seconds * hertz) % 1 < 0.5 ? level : -level

/** Level of one frequency in dB of full scale (0 for a sine that fills it), by correlation. */
export const levelAt = (samples: Float64Array, hertz: number, sampleRateHz: number): number => {
  let real = 0
  let imaginary = 0
  samples.forEach((sample, index) => {
    const angle = (2 * Math.PI * hertz * index) / sampleRateHz
    real += sample * Math.cos(angle)
    imaginary += sample * Math.sin(angle)
  })
  return 20 * Math.log10((2 * Math.hypot(real, imaginary)) / samples.length)
}

export const rmsDb = (samples: Float64Array): number =>
  10 * Math.log10(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
