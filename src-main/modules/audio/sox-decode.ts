import { ToolError, isAbort } from '../../platform/errors.ts'
import type { Processes, ToolInput } from '../../platform/process/process.ts'
import type { Container } from './container.ts'
import { unworkable, type PcmFormat } from './open.ts'
import { bigEndian, inFrames } from './samples.ts'

/** Is told the format and answers with what takes the interleaved samples; it is waited for. */
export type ListenToSox = (
  format: PcmFormat,
) => (block: Int16Array<ArrayBuffer> | Int32Array<ArrayBuffer>) => void | Promise<void>

/** What went wrong. A file is to blame, unless a tool is missing or was killed. */
export type DecodeFailure = { reason: string; isToolMissing?: true; wasKilled?: true }

export type SoxSource = {
  source: ToolInput
  container: Container
  /** Of the samples that are wanted. */
  bits: 16 | 32
  signal?: AbortSignal | undefined
  deadlineMs?: number | undefined
}

const DEADLINE_MS = 300_000
const AU_HEADER = 24
/** As much as a pipe takes: sox's own 8 KiB make eight times the work of a long file. */
const PIPED_BYTES = 65_536

/** What people call what is in a file. */
const nameOf = ({ container, encoding }: Container): string =>
  encoding === undefined || encoding === container
    ? container.toUpperCase()
    : `${encoding} in ${container.toUpperCase()}`

/** A long recording decoded to au, whose header is made for pipes: it needs no length. */
const request = (command: string, { container, source, bits, signal, deadlineMs }: SoxSource) => {
  const type = container.soxType ?? container.container
  // What an mp3 says of its length is rounded, or wrong, and sox would stop there.
  const from = [...(type === 'mp3' ? ['--ignore-length'] : []), '-t', type, '-']
  const to = ['-t', 'au', '-b', `${bits}`, '-e', 'signed-integer', '-']
  // No dither, so that silence stays silent; -V1 keeps everything but failures to itself.
  const args = ['--buffer', `${PIPED_BYTES}`, '-D', '-V1', ...from, ...to]
  return {
    tool: 'sox',
    command,
    args,
    input: source,
    signal,
    deadlineMs: deadlineMs ?? DEADLINE_MS,
  }
}

const isStartFailure = (error: ToolError): boolean =>
  error.cause instanceof Error && 'code' in error.cause

const isMissing = (error: ToolError): boolean =>
  error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ENOENT'

/** sox's own words without the ceremony around them. */
const complaint = (stderr: string): string => {
  const failures = stderr.split('\n').filter((line) => line.includes(' FAIL '))
  const last = failures.at(-1) ?? ''
  return last
    .replace(/^.* FAIL [^:]*: /, '')
    .replace(/^can't open input (file )?\s*`-':\s*/, '')
    .replace(/^(Invalid argument|Success)$/, '') // the system's word for "no"
    .trim()
}

const explain = (error: unknown, name: string): DecodeFailure => {
  if (!(error instanceof ToolError) || isAbort(error)) throw error
  if (isMissing(error)) {
    const where = error.message.replace(/^sox: /, '')
    return { reason: `sox is needed to decode ${name}: ${where}`, isToolMissing: true }
  }
  if (isStartFailure(error)) throw error
  if (error.exitCode === null)
    return { reason: `sox could not decode this ${name}: ${error.message}`, wasKilled: true }
  const said = complaint(error.stderr)
  if (said.startsWith('no handler')) return { reason: `this sox cannot decode ${name}` }
  if (said === '') return { reason: `no ${name} audio was found in it` }
  return { reason: `not decodable as ${name}: ${said}` }
}

/** Takes the header off a stream in au format and tells what it says. */
const readHeader = async (blocks: AsyncIterator<Buffer>) => {
  let head: Buffer = Buffer.alloc(0)
  const fill = async (length: number): Promise<boolean> => {
    while (head.length < length) {
      const next = await blocks.next()
      if (next.done) return false
      head = Buffer.concat([head, next.value])
    }
    return true
  }
  if (!(await fill(AU_HEADER))) return undefined
  const dataStart = head.readUInt32BE(4)
  if (!(await fill(dataStart))) return undefined
  const format = { sampleRateHz: head.readUInt32BE(16), channels: head.readUInt32BE(20) }
  return { format, rest: head.subarray(dataStart) }
}

async function* following(first: Buffer, blocks: AsyncIterator<Buffer>) {
  yield first
  for (let next = await blocks.next(); !next.done; next = await blocks.next()) yield next.value
}

/** Decodes with sox. Content it cannot decode is a value; only sox itself failing is thrown. */
export const decodeWithSox = async (
  deps: { processes: Processes; soxCommand: () => string },
  from: SoxSource,
  listen: ListenToSox,
): Promise<DecodeFailure | undefined> => {
  const { stdout, ended } = deps.processes.stream(request(deps.soxCommand(), from))
  try {
    const blocks = (stdout as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
    const header = await readHeader(blocks)
    if (header) {
      const reason = unworkable(header.format)
      if (reason !== undefined) return { reason }
      const hear = listen(header.format)
      const frameBytes = (header.format.channels * from.bits) / 8
      for await (const block of inFrames(following(header.rest, blocks), frameBytes)) {
        await hear(bigEndian[from.bits](block))
      }
    }
    await ended
    return undefined
  } catch (error) {
    return explain(error, nameOf(from.container))
  } finally {
    stdout.destroy()
  }
}
