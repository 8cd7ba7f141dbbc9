import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAudio, type Audio } from '../modules/audio/audio.ts'
import { silentLog } from '../platform/log.ts'
import { createProcesses, type Processes } from '../platform/process/process.ts'
import { createScope } from '../platform/scope.ts'

/** Real sox, real audio and a folder for files, until it is disposed. */
export type AudioBench = {
  processes: Processes
  audio: Audio
  /** Runs sox from a wav file on stdin to stdout: `sox -t wav - ARGS`. */
  sox: (wav: Buffer, ...args: string[]) => Promise<Buffer>
  /** What `sox FILE -n stat` measures. */
  stat: (file: Buffer, type: string) => Promise<{ seconds: number; peak: number; hz: number }>
  write: (bytes: Buffer, name?: string) => Promise<string>
  dispose: () => Promise<void>
}

const figure = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(text)?.[1])

export const createAudioBench = async (): Promise<AudioBench> => {
  const scope = createScope('bench')
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-audio-'))
  const processes = createProcesses({ scope, log: silentLog })
  const run = (args: string[], input: Buffer) =>
    processes.run({ tool: 'sox', command: 'sox', args, input, deadlineMs: 30_000 })
  let files = 0

  return {
    processes,
    audio: createAudio({ processes, log: silentLog }),
    sox: async (wav, ...args) => (await run(['-D', '-t', 'wav', '-', ...args], wav)).stdout,
    stat: async (file, type) => {
      const { stderr } = await run(['-t', type, '-', '-n', 'stat'], file)
      return {
        seconds: figure(stderr, String.raw`Length \(seconds\)`),
        peak: figure(stderr, 'Maximum amplitude'),
        hz: figure(stderr, String.raw`Rough\s+frequency`),
      }
    },
    write: async (bytes, name = 'file') => {
      files += 1
      const path = join(folder, `${files}-${name}`)
      await writeFile(path, bytes)
      return path
    },
    dispose: async () => {
      await scope.dispose()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
