import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Curve, EditList, Operation } from '#contract/edit-list'
import { silentLog } from '../platform/log.ts'
import { createProcesses } from '../platform/process/process.ts'
import { createScope } from '../platform/scope.ts'

/**
 * Edits audio in the plainest way there is: every operation is a few runs of sox on whole files of
 * 32-bit samples. It knows nothing of spans, and shares no code with what it is the measure of.
 */

type File = { path: string; frames: number }
type Format = Pick<EditList, 'sample_rate_hz' | 'channels'>
type Range = { from: number; to: number }
type SampleEdit = Exclude<Operation, { kind: 'convert' | `${string}_marker` }>

export type SoxEdits = {
  /** A file of 16-bit samples. */
  source: (samples: Int16Array) => Promise<File>
  part: (file: File, range: Range) => Promise<File>
  /** `other` is what is pasted or put in place. */
  apply: (file: File, operation: SampleEdit, other?: File) => Promise<File>
  samples: (file: File) => Promise<Int32Array>
  dispose: () => Promise<void>
}

const types: Record<Curve, string> = { linear: 't', sine: 'q', cosine: 'h' }

const fade = (direction: 'in' | 'out', curve: Curve, frames: number) =>
  direction === 'in'
    ? ['fade', types[curve], `${frames}s`]
    : ['fade', types[curve], '0', `${frames}s`, `${frames}s`]

export const createSoxEdits = async ({ sample_rate_hz, channels }: Format): Promise<SoxEdits> => {
  const scope = createScope('sox')
  const processes = createProcesses({ scope, log: silentLog })
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-sox-'))
  const form = ['-r', String(sample_rate_hz), '-c', String(channels)]
  const raw = ['-t', 'raw', '-e', 'signed', ...form, '-b']
  const audio = [...raw, '32']
  let files = 0
  const name = () => join(folder, `${(files += 1)}.raw`)

  const sox = async (inputs: readonly string[], effects: readonly string[] = []): Promise<File> => {
    const path = name()
    const args = ['-D', '-V1', ...inputs, ...audio, path, ...effects]
    await processes.run({ tool: 'sox', command: 'sox', args, deadlineMs: 15_000 })
    return { path, frames: (await stat(path)).size / 4 / channels }
  }
  const part = async (file: File, { from, to }: Range, ...effects: string[]): Promise<File[]> =>
    to > from
      ? [await sox([...audio, file.path], ['trim', `${from}s`, `${to - from}s`, ...effects])]
      : []
  const row = async (...parts: File[]): Promise<File> => {
    if (parts.length > 0) return sox(parts.flatMap(({ path }) => [...audio, path]))
    const path = name()
    await writeFile(path, '')
    return { path, frames: 0 }
  }
  /** [from, to) replaced by something. */
  const splice = async (file: File, { from, to }: Range, middle: File[]) => {
    const before = await part(file, { from: 0, to: from })
    return row(...before, ...middle, ...(await part(file, { from: to, to: file.frames })))
  }
  const insertSilence = ({ path, frames }: File, at: number, length: number) =>
    frames === 0
      ? sox([...form, '-n'], ['trim', '0', `${length}s`])
      : sox([...audio, path], ['pad', `${length}s@${at}s`])

  const crossfade = async (
    file: File,
    { at, frames, curve }: Extract<Operation, { kind: 'crossfade' }>,
  ) => {
    const left = { from: at - frames, to: at }
    const right = { from: at, to: at + frames }
    const sides = [
      ...(await part(file, left, ...fade('out', curve, frames))),
      ...(await part(file, right, ...fade('in', curve, frames))),
    ]
    const both = await sox(['-m', ...sides.flatMap(({ path }) => ['-v', '1', ...audio, path])])
    return splice(file, { from: left.from, to: right.to }, [both])
  }

  const apply: SoxEdits['apply'] = async (file, operation, other) => {
    const on = async (range: Range, ...effects: string[]) =>
      splice(file, range, await part(file, range, ...effects))
    switch (operation.kind) {
      case 'cut':
      case 'delete':
        return splice(file, operation, [])
      case 'trim':
        return row(...(await part(file, operation)))
      case 'paste':
      case 'replace':
        return splice(file, operation, other ? [other] : [])
      case 'insert_silence':
        return insertSilence(file, operation.at, operation.frames)
      case 'silence': {
        const { from, to } = operation
        return insertSilence(await splice(file, operation, []), from, to - from)
      }
      case 'fade': {
        const { from, to, direction, curve } = operation
        return on(operation, ...fade(direction, curve, to - from))
      }
      case 'gain':
      case 'normalise':
        return on(operation, 'vol', String(10 ** (operation.gain_db / 20)))
      case 'reverse':
        return on(operation, 'reverse')
      case 'crossfade':
        return crossfade(file, operation)
    }
  }

  return {
    source: async (samples) => {
      const path = name()
      await writeFile(path, new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
      return sox([...raw, '16', path])
    },
    part: async (file, range) => row(...(await part(file, range))),
    apply,
    samples: async ({ path }) => {
      const { buffer, byteOffset, byteLength } = await readFile(path)
      return new Int32Array(buffer.slice(byteOffset, byteOffset + byteLength))
    },
    dispose: async () => {
      await scope.dispose()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
