/**
 * The only door to child processes. Tools wait for a slot (what people wait for has its own), run below our own priority in a closed
 * environment and without a shell, and never outlive their deadline, their caller's signal or the
 * scope. What a tool's output means is left to the modules that run it.
 */
import { open } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { PassThrough, type Readable } from 'node:stream'
import type { Log } from '../log.ts'
import type { Scope } from '../scope.ts'
import { startChild, type Child, type ToolEnd } from './child.ts'
import { feed } from './feed.ts'
import { cancelled, commandLine, toolError, type ToolRequest } from './request.ts'
import { createSlots } from './slots.ts'

export type { ToolEnd } from './child.ts'
export type { ToolInput, ToolRequest } from './request.ts'

export type Processes = {
  /** Runs a tool to its end. Rejects with a ToolError, or an AbortError when cancelled. */
  run: (request: ToolRequest) => Promise<ToolEnd & { stdout: Buffer }>
  /** Starts a tool and hands out what it writes, as fast as it is read. */
  stream: (request: Omit<ToolRequest, 'maxStdoutBytes'>) => ToolStream
  stats: () => { running: number; waiting: number; limit: number }
}

/** `stdout` fails as `ended` does, and only ends when the tool succeeded. Destroying it stops the tool. */
export type ToolStream = { stdout: Readable; ended: Promise<ToolEnd> }

type Sink = (child: Child) => void

const drop = () => undefined

/** Starts a tool with its input; a file becomes its stdin, and our handle of it is closed again. */
const startReading = async (request: ToolRequest, sink: Sink): Promise<Child> => {
  const { input } = request
  const file = input && 'path' in input ? await open(input.path) : undefined
  try {
    const child = startChild(request, file ? file.fd : input ? 'pipe' : 'ignore')
    sink(child)
    return child
  } finally {
    await file?.close()
  }
}

const tooSlow = (request: ToolRequest): Error => {
  const seconds = request.deadlineMs / 1000
  const streamed = request.input !== undefined && 'blocks' in request.input
  const what = streamed ? `got no further for ${seconds} s` : `took longer than ${seconds} s`
  return toolError(request, { reason: `${what} and was stopped` })
}

const feedBlocks = ({ input }: ToolRequest, child: Child, onTaken: () => void) => {
  if (!input || !('blocks' in input) || !child.stdin) return
  const gone = child.ended.catch(drop)
  feed(child.stdin, input.blocks, { gone, onTaken }).catch((error: unknown) =>
    child.kill(error instanceof Error ? error : new Error(String(error))),
  )
}

export const createProcesses = (deps: {
  scope: Scope
  log: Log
  concurrency?: number
}): Processes => {
  const { scope, log } = deps
  const concurrency = deps.concurrency ?? availableParallelism()
  const slots = createSlots(concurrency)
  const awaitedSlots = createSlots(concurrency)
  const jobs = new Set<Promise<unknown>>()
  scope.add(async () => {
    await Promise.allSettled(jobs)
  })

  const supervise = async (request: ToolRequest, signal: AbortSignal, sink: Sink) => {
    const { tool, deadlineMs } = request
    const startedMs = performance.now()
    log.debug('running a tool', { tool, command: commandLine(request) })
    const child = await startReading(request, sink)
    const cancel = () => child.kill(cancelled(tool, signal))
    const deadline = setTimeout(() => child.kill(tooSlow(request)), deadlineMs)
    signal.addEventListener('abort', cancel)
    try {
      if (signal.aborted) cancel()
      feedBlocks(request, child, () => deadline.refresh())
      return await child.ended
    } finally {
      clearTimeout(deadline)
      signal.removeEventListener('abort', cancel)
      log.debug('a tool ended', { tool, durationMs: Math.round(performance.now() - startedMs) })
    }
  }

  const execute = (request: ToolRequest, sink: Sink): Promise<ToolEnd> => {
    const signal = request.signal ? AbortSignal.any([scope.signal, request.signal]) : scope.signal
    const free = request.isAwaited ? awaitedSlots : slots
    const job = free.acquire(signal, request.tool).then(async (release) => {
      try {
        return await supervise(request, signal, sink)
      } finally {
        release()
      }
    })
    const settled = job.then(drop, drop).finally(() => jobs.delete(settled))
    jobs.add(settled)
    return job
  }

  return {
    run: async (request) => {
      const chunks: Buffer[] = []
      const limit = request.maxStdoutBytes ?? Infinity
      let size = 0
      const end = await execute(request, (child) =>
        child.stdout.on('data', (chunk: Buffer) => {
          size += chunk.length
          chunks.push(chunk)
          const reason = `wrote more than ${limit} bytes and was stopped`
          if (size > limit) child.kill(toolError(request, { reason }))
        }),
      )
      return { ...end, stdout: Buffer.concat(chunks) }
    },
    stream: (request) => {
      const stdout = new PassThrough()
      stdout.on('error', drop) // `ended` rejects with it, and so does whoever reads
      const abandon = new AbortController()
      const signal = request.signal
        ? AbortSignal.any([request.signal, abandon.signal])
        : abandon.signal
      stdout.once('close', () => abandon.abort())
      const ended = execute({ ...request, signal }, (child) =>
        child.stdout.pipe(stdout, { end: false }),
      )
      ended.then(
        () => stdout.end(),
        (error: unknown) => stdout.destroy(error instanceof Error ? error : new Error('failed')),
      )
      return { stdout, ended }
    },
    stats: slots.counts,
  }
}
