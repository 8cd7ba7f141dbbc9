import { ToolError, isAbort } from '../../platform/errors.ts'
import type { Processes, ToolInput } from '../../platform/process/process.ts'
import { bigEndian, inFrames } from './samples.ts'

export type PcmFormat = { sampleRateHz: number; channels: number }
/** Is told the format and answers with what takes the interleaved samples, block by block. */
export type Listen = (format: PcmFormat) => (block: Int16Array) => void

/** What went wrong; `isToolMissing` when the file is not to blame. */
export type DecodeFailure = { reason: string; isToolMissing?: true }

const DEADLINE_MS = 300_000
const AU_HEADER = 24

/** A long recording decoded to au, whose header is made for pipes: it needs no length. */
const request = (command: string, type: string, input: ToolInput) => ({
  tool: 'sox',
  command,
  // No dither, so that silence stays silent; -V1 keeps everything but failures to itself.
  args: ['-D', '-V1', '-t', type, '-', '-t', 'au', '-b', '16', '-e', 'signed-integer', '-'],
  input,
  deadlineMs: DEADLINE_MS,
})

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
    return { reason: `sox could not decode this ${name}: ${error.message}` }
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
  file: { source: ToolInput; soxType: string; name: string },
  listen: Listen,
): Promise<DecodeFailure | undefined> => {
  const { stdout, ended } = deps.processes.stream(
    request(deps.soxCommand(), file.soxType, file.source),
  )
  try {
    const blocks = (stdout as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
    const header = await readHeader(blocks)
    if (header) {
      const hear = listen(header.format)
      const frames = inFrames(following(header.rest, blocks), header.format.channels * 2)
      for await (const block of frames) hear(bigEndian(block))
    }
    await ended
    return undefined
  } catch (error) {
    return explain(error, file.name)
  } finally {
    stdout.destroy()
  }
}
