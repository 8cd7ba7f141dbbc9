import { stat } from 'node:fs/promises'
import { isAbort, ToolError } from '../../platform/errors.ts'
import type { Processes } from '../../platform/process/process.ts'
import type { Rate } from '../../engine/port.ts'
import type { Audio, Opened } from '../audio/audio.ts'
import { Unplayable } from './problem.ts'

/** A whole file as raw samples: signed, 16 bits, little endian, mono. Rejects with `Unplayable` when it is no audio. */
export type DecodeFile = (source: string, rate: Rate, target: string) => Promise<void>

const DEADLINE_MS = 60_000
/** A small file may claim days of silence. */
const MOST_SECONDS = 2 * 3600

const complaint = ({ exitCode, stderr, message }: ToolError): string => {
  if (exitCode === null) return message
  const said = stderr.split('\n').findLast((line) => line.includes(' FAIL '))
  return (
    said?.replace(/^.* FAIL \S+ /, '').replace(/^can't open input (file )?\s*`-':\s*/, '') ?? ''
  )
}

/** Nothing comes behind the samples of a wav file: a header that was never finished says 0 of them. */
const reachesEnd = ({ stored }: Opened, size: number): boolean => {
  if (!stored) return false
  const frameBytes = stored.coding.width * stored.channels
  return size - stored.dataStart - stored.frames * frameBytes < frameBytes
}

export const createDecodeFile =
  (deps: {
    audio: Audio
    processes: Processes
    signal: AbortSignal
    soxCommand: () => string
  }): DecodeFile =>
  async (source, rate, target) => {
    const { audio, processes, signal, soxCommand } = deps
    const opened = await audio.open(source)
    const { container, reason } = opened
    if (reason !== undefined) throw new Unplayable(`It cannot be played: ${reason}.`)
    const type = container.soxType ?? container.container
    // What an mp3 says of its length is rounded, or wrong, and sox would stop there.
    const isToEnd = type === 'mp3' || reachesEnd(opened, (await stat(source)).size)
    const from = [...(isToEnd ? ['--ignore-length'] : []), '-t', type, '-']
    const format = ['-r', `${rate}`, '-c', '1', '-b', '16', '-e', 'signed-integer', '-L']
    const to = ['-t', 'raw', ...format, target]
    try {
      await processes.run({
        tool: 'sox',
        command: soxCommand(),
        // No dither, so that silence stays silent.
        args: ['-D', '-V1', ...from, ...to, 'trim', '0', `${MOST_SECONDS}`],
        input: { path: source },
        deadlineMs: DEADLINE_MS,
        isAwaited: true,
        signal,
      })
    } catch (error) {
      if (!(error instanceof ToolError) || isAbort(error)) throw error
      const said = complaint(error)
      const why = said === '' ? '' : `: ${said}`
      const name = container.container.toUpperCase()
      throw new Unplayable(`It cannot be decoded as ${name}${why}.`, { cause: error })
    }
    if ((await stat(target)).size === 0) throw new Unplayable('It cannot be played: it is empty.')
  }
