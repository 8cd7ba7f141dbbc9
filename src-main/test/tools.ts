import { setTimeout as sleep } from 'node:timers/promises'
import { ToolError } from '../platform/errors.ts'
import type { ToolRequest } from '../platform/process/process.ts'

export const node = (script: string, more: Partial<ToolRequest> = {}): ToolRequest => ({
  tool: 'node',
  command: process.execPath,
  args: ['-e', script],
  deadlineMs: 15_000,
  ...more,
})
export const sh = (script: string, more: Partial<ToolRequest> = {}): ToolRequest => ({
  ...node('', more),
  tool: 'sh',
  command: 'sh',
  args: ['-c', script],
})

export const failureOf = async (work: Promise<unknown>): Promise<ToolError> => {
  const error: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  )
  if (!(error instanceof ToolError)) throw new Error(`no ToolError: ${String(error)}`)
  return error
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

export const until = async (condition: () => boolean) => {
  for (let i = 0; i < 500 && !condition(); i += 1) await sleep(10)
  if (!condition()) throw new Error('waited 5 s in vain')
}

/** Starts a tool that announces its pid on stderr and then waits to be killed. */
export const startWaiting = async <T>(
  run: (request: ToolRequest) => Promise<T>,
  request: ToolRequest = sh('echo $$ >&2; sleep 60'),
): Promise<{ pid: number; work: Promise<T> }> => {
  let pid = 0
  const work = run({ ...request, onStderr: (line) => (pid = Number(line)) })
  work.catch(() => undefined)
  await until(() => pid > 0)
  return { pid, work }
}
