import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAudio, type Audio } from '../modules/audio/audio.ts'
import { createWaveforms, type Waveforms } from '../modules/waveforms/waveforms.ts'
import { openBlobs, type Blobs } from '../platform/blobs/blobs.ts'
import { silentLog } from '../platform/log.ts'
import { createProcesses, type Processes } from '../platform/process/process.ts'
import { createScope, type Scope } from '../platform/scope.ts'
import { createWorkers } from '../platform/workers/workers.ts'

/** Waveforms on a fresh store of blobs, with real threads and a real sox. */
export type WaveformBench = {
  waveforms: Waveforms
  blobs: Blobs
  audio: Audio
  processes: Processes
  scope: Scope
  folder: string
  /** Stores bytes and answers with their hash. */
  put: (bytes: Buffer) => Promise<string>
  /** `sox -t wav - ARGS`: what it writes. */
  sox: (wav: Buffer, ...args: string[]) => Promise<Buffer>
  /** Names of the files derived from blobs. */
  derived: () => Promise<string[]>
  /** The same store after a restart. */
  restart: () => Promise<WaveformBench>
  dispose: () => Promise<void>
}

export type WaveformBenchOptions = { folder?: string; soxCommand?: () => string }

export const createWaveformBench = async (
  options: WaveformBenchOptions = {},
): Promise<WaveformBench> => {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'patchbay-waveforms-')))
  const scope = createScope('bench')
  const log = silentLog
  const processes = createProcesses({ scope: scope.child('processes'), log })
  const blobs = await openBlobs({ folder, log })
  const audio = createAudio({ processes, log, ...options })
  const workers = createWorkers({ scope: scope.child('workers'), log })
  const waveforms = createWaveforms({
    scope: scope.child('waveforms'),
    blobs,
    audio,
    workers,
    log,
  })
  return {
    waveforms,
    blobs,
    audio,
    processes,
    scope,
    folder,
    put: async (bytes) => {
      const { hash, release } = await blobs.put(bytes)
      release()
      return hash
    },
    sox: async (wav, ...args) => {
      const run = { tool: 'sox', command: 'sox', input: wav, deadlineMs: 60_000 }
      return (await processes.run({ ...run, args: ['-D', '-t', 'wav', '-', ...args] })).stdout
    },
    derived: async () => {
      const names = await readdir(folder, { recursive: true })
      return names.flatMap((name) => /[0-9a-f]{64}[.](.*)$/.exec(name)?.[1] ?? []).sort()
    },
    restart: async () => {
      await scope.dispose()
      return createWaveformBench({ ...options, folder })
    },
    dispose: async () => {
      await scope.dispose()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
